"""Ask questions about graphs: `GraphAgent`."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import networkx as nx

from agents.reply import Cost, Reply, Step
from agents.routes import WITHOUT_MODEL, is_reasoner, keep, routes_of
from agents.settings import switch
from agents.state import Context, State
from agents.workflow import walk
from graphs.errors import BadArgument, BudgetExceeded, GraphError, ParseError
from graphs.graph import Graph
from graphs.remote import connect, is_address

if TYPE_CHECKING:
    from agents.programs.experience import Experience
    from agents.talk.talks import Talks
    from graphs.store import Store
    from graphs.text.reading import Reading

GraphLike: TypeAlias = "Graph | nx.Graph[Any] | Store | str | Path | None"

EXAMPLE = "example:"
_EDIT = re.compile(
    r"\b(?:remov|delet|add|insert|drop|without|contract|cut|block|clos)\w*\b|"
    r"^\W*(?:(?:and|now|then|please)\b\W*)*(?:connect|link|join)\b",
    re.IGNORECASE,
)


class GraphAgent:
    """Answers questions about graphs with typed, proven answers.

    >>> agent = GraphAgent()
    >>> reply = agent.ask("What is the shortest path from Ann to Eve?", graph="Ann-Bob, Bob-Eve")
    >>> reply.value, reply.status
    (['Ann', 'Bob', 'Eve'], 'proven')
    """

    def __init__(
        self,
        model: str = "embedded",
        *,
        time_limit: float | None = 60.0,
        memory: str | Path | None = None,
        experience: bool | None = None,
    ) -> None:
        """Make an agent.

        model: what is asked when the certain router does not know what a question means. "embedded": the small model
        that the package brings; "none": nothing, the question is asked back; or the spec of a chat model
        (`agents.models`), which is asked when the embedded model is not sure either. time_limit: seconds a question.
        memory: the SQLite file that keeps conversations (`thread`); default under the user's data folder. experience:
        whether questions that a chat model solved and a checker verified are kept in the user's data folder, and solved
        without the model when they come again (`agents.recall`); default: the setting KONIGSBERG_EXPERIENCE, else yes.

        Raises:
            BadArgument: `model` is no spec, or its file or extra is missing, or a setting is wrong.
        """
        if not isinstance(model, str):
            raise BadArgument(f"`model` is the spec of a model, a text such as 'none', not {type(model).__name__}")
        if time_limit is not None and not (isinstance(time_limit, (int, float)) and time_limit > 0):
            raise BadArgument(f"`time_limit` is a number of seconds above 0, or None for no limit, not {time_limit!r}")
        self.model = model
        self._chat: Any = None
        self.time_limit = time_limit
        self._memory = memory
        self._talks: Talks | None = None
        self._lock = threading.Lock()
        self._experience: Experience | None = None
        if model not in WITHOUT_MODEL:
            if switch("EXPERIENCE", True) if experience is None else experience:
                from agents.programs.experience import Experience

                self._experience = Experience()
            self.chat_model()  # a bad spec is an error at once; files and servers are asked when first needed

    def chat_model(self) -> Any:
        """The configured chat model, made once."""
        with self._lock:
            if self._chat is None:
                from agents.models import chat_model

                self._chat = chat_model(self.model)
            return self._chat

    # -- one question

    def ask(
        self,
        text: str,
        graph: GraphLike = None,
        *,
        thread: str | None = None,
        cancel: threading.Event | None = None,
    ) -> Reply:
        """Answer `text`, which may hold its own graph, on `graph`.

        graph: a handle, networkx graph, file, text of edges, "example:NAME", or a knowledge graph: its store or the
        store's folder.

        thread: the name of a conversation; follow-up questions ("and without node 3?") refer to it.
        cancel: set it from another thread to stop; the reply then says so.

        Two questions of one conversation are answered one after the other.

        Raises:
            ParseError, TooLarge: `graph` names a file that cannot be read.
            BadArgument: `text` is no text, or a stream of the same conversation is not read to its end.
            StorageError: the database of conversations cannot be read or written.
        """
        reply: Reply | None = None
        for event in self.stream(text, graph, thread=thread, cancel=cancel):
            if isinstance(event, Reply):
                reply = event
        assert reply is not None
        return reply

    def stream(
        self,
        text: str,
        graph: GraphLike = None,
        *,
        thread: str | None = None,
        cancel: threading.Event | None = None,
    ) -> Iterator[Step | Reply]:
        """Like `ask`, but yields each finished step, then the reply. Closing the iterator cancels the question."""
        if not isinstance(text, str):
            raise BadArgument(f"a question is a text, not {type(text).__name__}: {str(text)[:60]!r}")
        if thread is not None and not isinstance(thread, str):
            raise BadArgument(f"`thread` is the name of a conversation, a text, not {type(thread).__name__}")
        began = time.perf_counter()
        cancelled = cancel or threading.Event()
        context = Context(self.time_limit, cancelled if cancel is not None else None, routes=routes_of(self.model))
        context.model, context.experience = self.chat_model, self._experience
        context.reasoner = self.chat_model if is_reasoner(self.model) else None
        state = State(text=text, graph=as_graph(graph), graph_text=_text_of(graph))
        if state.graph_text:
            from agents.verifier import doubts_of

            state.doubts = doubts_of(_read_once(state.graph_text))
        steps: tuple[Step, ...] = ()
        try:
            for after in self._states(state, context, thread):
                yield from after.steps[len(steps) :]
                steps, state = after.steps, after
            vars(state).update(keep(state, context))
            reply = state.reply
            assert reply is not None
        except BudgetExceeded as stopped:
            reply = Reply(None, f"No answer: {stopped}.", "unanswerable", assumptions=state.assumptions)
        finally:
            if cancel is None:
                cancelled.set()
        yield replace(reply, steps=steps, cost=Cost(state.model_calls, state.tokens, time.perf_counter() - began))

    def _states(self, state: State, context: Context, thread: str | None) -> Iterator[State]:
        if thread is None:
            yield from walk(state, context)
            return
        from agents.talk.conversation import GOES_ON, Turn

        config = {"configurable": {"thread_id": thread}}
        with self._conversations().turn(thread, context.cancel) as road:
            if state.graph is None:
                memory = road.get_state(config).values.get("memory") or {}
                supposed = memory.get("supposed") if GOES_ON.search(state.text) else None
                known = supposed[0] if supposed else memory.get("graph")
                if memory.get("folder"):
                    state = replace(state, graph=as_graph(Path(memory["folder"])))
                state = self._with_known_graph(state, known or memory.get("graph"))
                if (
                    state.graph is not None
                    and (memory.get("graph_text") or [""])[0] == memory.get("graph")
                    and not supposed
                ):
                    state = replace(state, graph_text=memory["graph_text"][1])
                if state.graph is not None:
                    state = replace(state, doubts=tuple(memory.get("doubts") or ()))
                if supposed and state.graph is not None:
                    state = replace(state, supposed=supposed)
            turn = Turn(context, state)
            for _ in road.stream({"text": state.text}, config, context=turn, stream_mode="updates", durability="exit"):
                yield turn.state

    @staticmethod
    def _with_known_graph(state: State, known: str | None) -> State:
        """The conversation's graph, unless the text brings its own."""
        from agents.talk.commands import adds_node
        from agents.talk.handles import store
        from graphs.text import read_text

        if known is None:
            return state
        graph = store().get(known)
        own = read_text(state.text).graph
        if (
            own is not None
            and not adds_node(state.text)
            and not ((_EDIT.search(state.text) or own.num_edges < 2) and all(node in graph for node in own))
        ):
            return state
        return replace(state, graph=graph)  # "now remove the edge a-d" speaks of the known graph

    def _conversations(self) -> Talks:
        from agents.talk.talks import Talks

        with self._lock:
            if self._talks is None:
                self._talks = Talks(self._memory)
            return self._talks

    def forget(self, thread: str) -> None:
        """Delete a conversation.

        Raises:
            StorageError: the database cannot be read or written.
        """
        self._conversations().forget(thread)

    def close(self) -> None:
        """Close the conversations' database, as soon as the questions under way have ended."""
        if self._talks is not None:
            self._talks.close()

    # -- many questions, and asynchronous faces

    def batch(self, questions: Iterable[str | tuple[str, GraphLike]], *, workers: int = 1) -> list[Reply]:
        """Answer many questions, in order; a question that fails to read its graph becomes an `unanswerable` reply."""
        items: Sequence[tuple[str, GraphLike]] = [q if isinstance(q, tuple) else (q, None) for q in questions]
        if workers <= 1:
            return [self._safe(item) for item in items]
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(workers) as pool:
            return list(pool.map(self._safe, items))

    def _safe(self, item: tuple[str, GraphLike]) -> Reply:
        try:
            return self.ask(*item)
        except GraphError as error:
            return Reply(None, str(error), "unanswerable")

    async def aask(self, text: str, graph: GraphLike = None, *, thread: str | None = None) -> Reply:
        """`ask` without blocking the event loop; cancelling the task stops the work."""
        import asyncio

        cancel = threading.Event()
        try:
            return await asyncio.to_thread(self.ask, text, graph, thread=thread, cancel=cancel)
        except asyncio.CancelledError:
            cancel.set()
            raise

    async def astream(
        self, text: str, graph: GraphLike = None, *, thread: str | None = None
    ) -> AsyncIterator[Step | Reply]:
        """`stream` for asynchronous code; cancelling the task stops the work."""
        import asyncio

        loop = asyncio.get_running_loop()
        events: asyncio.Queue[Any] = asyncio.Queue()
        cancel = threading.Event()

        def produce() -> None:
            try:
                with closing(self.stream(text, graph, thread=thread, cancel=cancel)) as stream:  # type: ignore[type-var]
                    for event in stream:
                        loop.call_soon_threadsafe(events.put_nowait, event)
                loop.call_soon_threadsafe(events.put_nowait, None)
            except BaseException as error:  # noqa: BLE001 - handed to the consumer, which raises it
                loop.call_soon_threadsafe(events.put_nowait, error)

        worker = loop.run_in_executor(None, produce)
        try:
            while (event := await events.get()) is not None:
                if isinstance(event, BaseException):
                    raise event
                yield event
        finally:
            cancel.set()
            await asyncio.shield(worker)


def as_graph(graph: GraphLike) -> Graph | None:
    """A graph handle from whatever a caller has.

    A string "example:NAME" is a graph that ships with the package; one that begins as `spark:` or `bolt://` is the
    address of a graph elsewhere (`graphs.remote`). Else it is a path when such a file exists or it looks like a file
    name; else a known graph's name or text of edges.

    Raises:
        ParseError: the file cannot be read, or the text holds no graph. StoreError: a store cannot be read.
        BadArgument: it is nothing of these.
    """
    if graph is None or isinstance(graph, Graph):
        return graph
    if isinstance(graph, nx.Graph):
        return Graph(graph)
    if hasattr(graph, "to_graph") or _is_store(str(graph)):
        from graphs.store.handle import knowledge_graph

        return knowledge_graph(graph)  # type: ignore[arg-type]
    if not isinstance(graph, (str, Path)):
        raise BadArgument(
            f"a graph is a handle, networkx graph, store, file or text of edges, not {type(graph).__name__}"
        )
    text = str(graph)
    if isinstance(graph, str) and graph.startswith(EXAMPLE):
        from graphs.data import example_path

        return as_graph(example_path(graph.removeprefix(EXAMPLE)))
    if not isinstance(graph, Path) and is_address(text):
        return connect(text)
    if isinstance(graph, Path) or _is_file(text):
        from graphs.files import read_graph

        return read_graph(Path(text))
    reading = _read_once(text)
    if reading.graph is None:
        raise ParseError(f"no file is called {text[:80]!r}, and it is no text of edges either; check the path")
    return reading.graph


@lru_cache(maxsize=1)
def _read_once(text: str) -> Reading:
    from graphs.text import read_text

    return read_text(text)


def _text_of(graph: GraphLike) -> str:
    """The text of edges that a graph is given as; "" for another graph."""
    elsewhere = isinstance(graph, str) and (graph.startswith(EXAMPLE) or is_address(graph))
    given = isinstance(graph, str) and not elsewhere and not _is_store(graph) and not _is_file(graph)
    return str(graph) if given else ""


def _is_store(text: str) -> bool:
    """Whether it is the folder of a knowledge graph."""
    if not text or len(text) > 4096 or "\n" in text or "\0" in text:
        return False
    try:
        return (Path(text).expanduser() / "store.sqlite").is_file()
    except OSError:
        return False


def _is_file(text: str) -> bool:
    if len(text) > 4096 or "\n" in text or "\0" in text:
        return False
    try:
        if Path(text).exists():
            return True
    except OSError:
        return False
    suffix = Path(text).suffix
    return bool(suffix) and len(suffix) <= 9 and suffix[1:].isalnum() and not any(c in text for c in ",;()[]{}>")
