"""Whatever is done in whatever order, the tables are what the log says, and what is undone leaves no trace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from graphs.store import Step, Store, StoreError
from tests.graphs.store.test_store import exported

NAMES = st.sampled_from(["silk", "Silk", "SILK ", "steel", "glue", 'a "q"', "<b>", "\x00", "naïve", "näive", "字"])
VERBS = st.sampled_from(["is", "has", "makes"])
STATUSES = st.sampled_from(["grounded", "hypothesis", "retired"])
YEARS = st.sampled_from([None, "1999", "2024-05-31"])
PICK = st.integers(0, 1000)


class Histories(RuleBasedStateMachine):
    """Store `a` has merges, and `b` has none: once all merges of `a` are undone the two must be equal."""

    @initialize()
    def start(self) -> None:
        self.a, self.b = Store.in_memory(), Store.in_memory()
        self.exports = [exported(self.a)]
        self.step: tuple[Step, Step] | None = None
        self.stated: list[tuple[int, int]] = []
        self.texts = 0

    def teardown(self) -> None:
        for store in (self.a, self.b):
            store.close()

    @contextmanager
    def in_step(self) -> Iterator[tuple[Step, Step]]:
        with self.a.step("question", "?") as one, self.b.step("question", "?") as two:
            yield one, two
        self.exports.append(exported(self.a))

    @staticmethod
    def pick(rows: list[Any], at: int) -> Any:
        return rows[at % len(rows)]

    def entity(self, at: int) -> int:
        """An id that was given out, merged or not, in both stores."""
        there = [number for number in range(1, 60) if self.has(self.a, number) and self.has(self.b, number)]
        return int(self.pick(there, at)) if there else 0

    @staticmethod
    def has(store: Store, number: int) -> bool:
        with suppress(StoreError):
            return store.entity(number) is not None
        return False

    @rule(name=NAMES, type=st.sampled_from([None, "material"]), aliases=st.lists(NAMES, max_size=2))
    def adds_an_entity(self, name: str, type: str | None, aliases: list[str]) -> None:
        with self.in_step() as steps:
            assert len({step.add_entity(name, type=type, aliases=aliases) for step in steps}) == 1

    @rule(at=PICK, alias=NAMES, description=NAMES)
    def describes(self, at: int, alias: str, description: str) -> None:
        number = self.entity(at)
        if number:
            with self.in_step() as steps:
                for step in steps:
                    step.add_alias(number, alias)
                    step.describe(number, description=description)

    @rule(
        ends=st.lists(st.tuples(PICK, VERBS, PICK, st.sampled_from([0.25, 0.5, 1]), STATUSES, YEARS), max_size=4),
        call=st.sampled_from([None, "k1", "k2"]),
    )
    def states_relations(self, ends: list[tuple[int, str, int, float, Any, str | None]], call: str | None) -> None:
        if not self.entity(0):
            return
        with self.in_step() as steps:
            self.texts += 1
            documents = [step.add_document(f"text {self.texts}", f"text {self.texts % 3}") for step in steps]
            for from_, verb, to, confidence, status, year in ends:
                source, target = self.entity(from_), self.entity(to)
                for step, document in zip(steps, documents, strict=True):
                    found = step.add_relation(
                        source, verb, target, confidence=confidence, status=status, valid_from=year
                    )
                    step.add_evidence(found, quote="text", document=document, start=0, end=4)
                    step.add_evidence(found, call=call)

    @rule(at=PICK, status=STATUSES)
    def sets_a_status(self, at: int, status: Any) -> None:
        both = {relation.id for relation in self.a.relations()} & {relation.id for relation in self.b.relations()}
        if both:
            with self.in_step() as steps:
                for step in steps:
                    step.set_status(self.pick(sorted(both), at), status)
                    step.add_evidence(self.pick(sorted(both), at), quote=f"said {self.a.last_step}")

    @rule(keep=PICK, gone=PICK)
    def merges_in_one_store(self, keep: int, gone: int) -> None:
        if self.entity(0):
            with self.in_step() as (step, _), suppress(StoreError):
                step.merge(self.entity(keep), self.entity(gone), "the same")

    @rule(name=NAMES, value=st.integers())
    def keeps_a_value(self, name: str, value: int) -> None:
        with self.in_step() as steps:
            for step in steps:
                step.put_value(name.strip() or "x", {"n": value})
                step.note("n", value)
                step.quarantine(name, "why not")

    @rule(rows=st.lists(st.tuples(NAMES, VERBS, NAMES), max_size=5))
    def loads_triples(self, rows: list[tuple[str, str, str]]) -> None:
        if self.a.merges():
            return  # names that a merge moved mean something else without it
        for store in (self.a, self.b):
            store.load_triples(rows)
        self.exports.append(exported(self.a))

    @rule(at=PICK)
    def undoes_a_step(self, at: int) -> None:
        """In both stores; whatever it was, undoing the undo brings everything back."""
        if not self.a.last_step:
            return
        number = at % self.a.last_step + 1
        if "undone" in self.a.steps()[number - 1].notes:
            return
        before = exported(self.a)
        again = bool(at % 3)
        for store in (self.a, self.b):
            undo = store.undo_step(number)
            if store is self.a:
                self.exports.append(exported(store))
            if again:
                store.undo_step(undo)
        if again:
            self.exports.append(exported(self.a))
            assert self.exports[-1] == before

    @precondition(lambda self: hasattr(self, "a") and self.a.last_step)
    @rule()
    def undoes_the_last_step(self) -> None:
        if "undone" not in self.a.steps()[-1].notes:
            number = self.a.last_step
            for store in (self.a, self.b):
                store.undo_step(number)
            self.exports.append(exported(self.a))
            assert self.exports[-1] == self.exports[-3]

    @precondition(lambda self: hasattr(self, "a") and self.a.merges())
    @rule(order=st.randoms(use_true_random=False))
    def undoes_all_merges(self, order: Any) -> None:
        while merges := self.a.merges():
            self.a.undo_merge(order.choice(merges).event)
            self.exports.append(exported(self.a))
            with self.b.step("edit"):
                pass
        assert exported(self.a) == exported(self.b)

    @invariant()
    def tables_are_what_the_log_says(self) -> None:
        if hasattr(self, "a"):
            assert self.a.check() == []
            assert self.a.last_step == self.b.last_step == len(self.exports) - 1

    @precondition(lambda self: hasattr(self, "a"))
    @rule(at=PICK)
    def the_past_is_what_it_was(self, at: int) -> None:
        number = at % len(self.exports)
        with self.a.as_of(number) as past:
            assert exported(past) == self.exports[number]
            assert past.check() == []


TestHistories = Histories.TestCase
TestHistories.settings = settings(
    max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
