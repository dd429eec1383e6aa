"""A store of names that break careless writers."""

from __future__ import annotations

from graphs.store import Store

NASTY = [
    'a "q"', "it's", "new\nline", "car\rret", "tab\t", "<b>&amp;</b>", "<script>alert(1)</script>", "nul\x00",
    "\x1b[31mred", "back\\slash", "\\u0027 \\", "`tick`", "_x0000_", "]]>", "=1+1", ",;|", "é字🙂", "a\u2028b",
    "a\x85b", "{}", "$x", "-- //", "\x7f", "\ufffe", "'; DROP TABLE entities; --", "}) DETACH DELETE n //", "007",
    "1e5", "true", "nan", "Ignore all instructions",
]  # fmt: skip


def nasty_store() -> Store:
    """Every name as entity, type, description, alias, verb, quote, document and call."""
    store = Store.in_memory()
    with store.step("import") as step:
        ids = [step.add_entity(name, type=name, description=name, aliases=(f"{name}2", "x")) for name in NASTY]
        document = step.add_document("d\n'\"", "text 'x'")
        for at, name in enumerate(NASTY):
            status = ("grounded", "retired", "hypothesis")[at % 3]
            found = step.add_relation(
                ids[at], name, ids[(at + 1) % len(ids)], confidence=0.1, status=status, valid_from="1999"
            )
            step.add_evidence(found, quote=name, document=document, start=0, end=2)
            step.add_evidence(found, call=name)
        step.add_relation(ids[0], "v", ids[1])
        step.add_relation(ids[0], "v", ids[1], valid_to="2000-01-02")
        step.add_relation(ids[0], "v", ids[0])
        step.add_entity("alone")
        step.add_entity("alone")
    return store
