"""A writer that is killed: makes steps without end, and says which are committed. Arguments: folder, seed."""

from __future__ import annotations

import random
import sys

from graphs.store import Store

FACTS = 5  # relations a step


def main(folder: str, seed: int) -> None:
    rng = random.Random(seed)
    with Store.open(folder) as store:
        while True:
            with store.step("question", about=f"question {store.last_step + 1}") as step:
                document = step.add_document(f"text {step.number}", f"text of step {step.number}")
                made = [step.add_entity(f"{step.number}-{i}") for i in range(FACTS + 1)]
                for source, target in zip(made, made[1:], strict=False):
                    found = step.add_relation(source, "before", target, confidence=0.5)
                    step.add_evidence(found, quote="text", document=document, start=0, end=4)
                if step.number % 3 == 0:
                    step.merge(made[0], made[-1], "kill me")
                step.put_value("done", step.number)
            say("done", step.number)
            merges = store.merges()
            if merges and rng.random() < 0.3:
                say("done", store.undo_merge(rng.choice(merges).event))


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
