"""Measure many users who ask through the page's queue at the same time: answers a second, waiting, and memory."""

import http.client
import json
import re
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.figures import markdown_table
from benchmarks.speed import texts
from benchmarks.speed.results import Part
from benchmarks.speed.slow_clients import Disturbance, disturbed
from benchmarks.speed.stages import percentile
from benchmarks.speed.stores import fill_stores
from benchmarks.speed.systems import Rapporteur

_QUESTIONS_OF_A_CONVERSATION = 4
_TIMEOUT = 180
_UPLOADS = 5
_START_SECONDS = 120
# The first event of the page: the box of the question is sent, with the conversation, which stays on the server, and
# nothing chosen in the filters (forum, place, year, publisher, speaker).
ASK = 0
FIELDS_BESIDE_QUESTION: tuple[list[str] | str | None, ...] = (None, [], [], [], [], [], "")


@dataclass(frozen=True, slots=True)
class Reply:
    """One question of a user: its result, "answered" or the reason why not, and its time in seconds."""

    result: str
    seconds: float


def report(users: int, minutes: float, slow: int = 0) -> Part:
    """Let users ask for some minutes, each as soon as the last answer came, and return the section of the report.

    Args:
        users: their number.
        minutes: for how long they ask.
        slow: connections that others hold meanwhile; with any, five files of 20 MB are sent as well.
    """
    questions = texts.questions(40)
    (store,) = fill_stores([Rapporteur()], size=1)  # the founding records
    with _page(store.place) as (port, process):
        alone = [ask(port, uuid.uuid4().hex, question) for question in questions[:5]]
        with disturbed(port, slow, _UPLOADS) if slow else nullcontext() as disturbance:
            memory, replies, seconds, client = _crowd(port, process, questions, users, minutes * 60)
        time.sleep(2)
        memory.append(("two seconds after the end", _megabytes(process)))
    answered = [reply.seconds for reply in replies if reply.result == "answered"]
    failures = Counter(reply.result for reply in replies if reply.result != "answered")
    rate = len(answered) / seconds
    rows = [
        ["answers", f"{len(answered):,}"],
        ["answers a second", f"{rate:.1f}"],
        ["p50", f"{percentile(answered, 50):.2f} s"],
        ["p95", f"{percentile(answered, 95):.2f} s"],
        ["longest", f"{max(answered):.2f} s"],
        ["not answered", ", ".join(f"{count} {what}" for what, count in failures.items()) or "none"],
        ["a user alone before, p50", f"{percentile([reply.seconds for reply in alone], 50):.2f} s"],
        *[[f"memory, {when}", f"{megabytes:,.0f} MB"] for when, megabytes in memory],
        *(_disturbed_rows(disturbance) if disturbance else []),
    ]
    beside = (
        f" Meanwhile {slow} connections were held that send nothing, half of their headers, or a body byte by byte, and"
        f" five files of 20 MB were sent at once."
    )
    section = "\n\n".join(
        [
            "## Many users beside slow connections and large uploads" if slow else "## Many users",
            f"{users} users ask a served page about the founding records for {minutes:g} minutes, by HTTP through its"
            " queue, each the next question as soon as the last is answered, without a pause, four to a conversation,"
            f" {len(questions)} dev questions. The users run on the same machine and took"
            f" {100 * client / seconds:.0f} % of a core. Memory is the resident memory of the server."
            + (beside if slow else ""),
            markdown_table(["", "figure"], rows),
        ]
    )
    figure = f"{rate:.1f} a second; p50 {percentile(answered, 50):.1f} s, p95 {percentile(answered, 95):.1f} s"
    if slow:
        return Part(section, ((f"{users} users beside {slow} slow connections, five of 20 MB", figure, "-", "-", "-"),))
    main = [
        (f"{users} users for {minutes:g} minutes: answers", figure, "-", "-", "-"),
        ("memory of the server, start to end", f"{memory[0][1]:,.0f} to {memory[-1][1]:,.0f} MB", "-", "-", "-"),
    ]
    return Part(section, tuple(main))


def _disturbed_rows(disturbance: Disturbance) -> list[list[str]]:
    replies = ", ".join(f"{count} of status {status}" for status, count in disturbance.uploads.items())
    failed = ", ".join(f"{count} {what}" for what, count in disturbance.failed.items()) or "none"
    return [
        ["slow connections opened, as the server closes them", f"{disturbance.opened:,}"],
        ["uploads", replies],
        ["list of records meanwhile, p50", f"{percentile(disturbance.looks, 50):.2f} s"],
        ["list of records meanwhile, p95", f"{percentile(disturbance.looks, 95):.2f} s"],
        ["list of records not given", failed],
    ]


def ask(port: int, session: str, question: str) -> Reply:
    """Send a question through the queue of a page and wait for its answer."""
    start = time.perf_counter()
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT)
    try:
        return Reply(_result(link, session, question), time.perf_counter() - start)
    except (OSError, http.client.HTTPException) as error:
        return Reply(type(error).__name__, time.perf_counter() - start)
    finally:
        link.close()


def _result(link: http.client.HTTPConnection, session: str, question: str) -> str:
    event = {"data": ["", question, *FIELDS_BESIDE_QUESTION], "fn_index": ASK, "session_hash": session}
    link.request("POST", "/gradio_api/queue/join", json.dumps(event), {"Content-Type": "application/json"})
    joined = link.getresponse()
    joined.read()
    if joined.status != 200:
        return f"join: {joined.status}"
    link.request("GET", f"/gradio_api/queue/data?session_hash={session}")
    stream = link.getresponse()
    while line := stream.readline():
        message = json.loads(line[5:]) if line.startswith(b"data:") else {"msg": ""}
        if message["msg"] == "process_completed":
            return "answered" if message.get("success") else "failed"
        if message["msg"] in ("unexpected_error", "queue_full"):
            return str(message["msg"])
    return "ended without an answer"


@contextmanager
def _page(library: Path) -> Iterator[tuple[int, psutil.Process]]:
    """Serve a library; yield the port of the page and the process, and stop it at the end."""
    system = Rapporteur()
    command = system.command("serve", "--port", "0", "--library", library)
    with subprocess.Popen(
        list(map(str, command)), env={**psutil.Process().environ(), **system.env}, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout
        try:
            port = re.search(r"http://\S+?:(\d+)", server.stdout.readline())
            if port is None:
                raise SystemExit("rapporteur serve printed no address")
            _wait_until_it_answers(int(port.group(1)))
            yield int(port.group(1)), psutil.Process(server.pid)
        finally:
            server.terminate()


def _wait_until_it_answers(port: int) -> None:
    end = time.monotonic() + _START_SECONDS
    while ask(port, uuid.uuid4().hex, texts.first_question()).result != "answered":
        if time.monotonic() > end:
            raise SystemExit(f"the page does not answer within {_START_SECONDS} s")
        time.sleep(0.2)


def _crowd(
    port: int, process: psutil.Process, questions: Sequence[str], users: int, seconds: float
) -> tuple[list[tuple[str, float]], list[Reply], float, float]:
    """Return the server's memory by moment, the replies, their seconds, and the processor seconds of the users."""
    replies: list[Reply] = []
    start, used = time.perf_counter(), time.process_time()

    def user(number: int) -> None:
        asked, session = 0, ""
        while time.perf_counter() - start < seconds:
            if asked % _QUESTIONS_OF_A_CONVERSATION == 0:
                session = uuid.uuid4().hex
            replies.append(ask(port, session, questions[(number * 7 + asked) % len(questions)]))
            asked += 1

    threads = [threading.Thread(target=user, args=(number,)) for number in range(users)]
    memory = [("start", _megabytes(process))]
    for thread in threads:
        thread.start()
    minute = min(60.0, seconds / 2)
    time.sleep(minute)
    memory.append((f"after {minute:.0f} s", _megabytes(process)))
    for thread in threads:
        thread.join()
    memory.append(("end", _megabytes(process)))
    print(f"  {len(replies)} replies", file=sys.stderr, flush=True)
    return memory, replies, time.perf_counter() - start, time.process_time() - used


def _megabytes(process: psutil.Process) -> float:
    return float(process.memory_info().rss) / 1e6
