"""How many meetings run at once? See README.md, section "How many meetings at once?".

    python -m benchmarks.meetings                  # 25, 50, 100 and 200 devices
    python -m benchmarks.meetings --devices 400

A server serves the sample district with one meeting running. Every device is a websocket that asks as a
browser does: it opens the page once and reruns the watching fragment every 1.5 seconds.
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import tempfile
import time
from pathlib import Path
from urllib.parse import urlparse

import click
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.meetings import meeting_version, start_meeting
from plc.people import current_viewer, take_seat
from plc.sample import load_sample
from plc.ui.meeting_room import POLL_SECONDS
from tests.e2e.serving import served

DEVICES = (25, 50, 100, 200)
# Four members and the wall.
DEVICES_OF_A_MEETING = 5
SECONDS = 12.0
# A change shows within two seconds when the wait for the next question and its answer stay below that.
PATIENCE = 2.0 - POLL_SECONDS


def prepare(path: Path) -> float:
    """The sample district with a meeting running; returns microseconds of one look at its number."""
    with Database(path) as database:
        load_sample(database)
        take_seat(database, Viewer(Role.TEACHER, teacher_id="T049"))
        viewer = current_viewer(database)
        meeting_id = start_meeting(database, viewer, "sample-team-1")
        begin = time.perf_counter()
        for _ in range(2000):
            meeting_version(database, viewer, meeting_id)
        return (time.perf_counter() - begin) / 2000 * 1e6


async def one_device(address: str, waits: list[float], until: float) -> None:
    """Open the page, find what it reruns by itself, and rerun that until the end."""
    async with websockets.connect(
        f"{address}/_stcore/stream", subprotocols=["streamlit"], max_size=None, ping_interval=None
    ) as socket:
        asked = BackMsg()
        asked.rerun_script.page_name = "meeting"
        fragment = await _answered(socket, asked)
        await asyncio.sleep(random.uniform(0, POLL_SECONDS))
        while time.perf_counter() < until:
            asked = BackMsg()
            asked.rerun_script.fragment_id = fragment
            asked.rerun_script.is_auto_rerun = True
            begin = time.perf_counter()
            await _answered(socket, asked)
            waits.append(time.perf_counter() - begin)
            await asyncio.sleep(max(0.0, POLL_SECONDS - (time.perf_counter() - begin)))


async def _answered(socket: websockets.ClientConnection, asked: BackMsg) -> str:
    """Send, and read until the script has finished; the id of the fragment that reruns by itself."""
    await socket.send(asked.SerializeToString())
    fragment = ""
    while True:
        message = ForwardMsg()
        message.ParseFromString(await socket.recv())  # type: ignore[arg-type]
        kind = message.WhichOneof("type")
        if kind == "auto_rerun":
            fragment = message.auto_rerun.fragment_id
        elif kind == "script_finished":
            return fragment


def processor_seconds(path: Path) -> float:
    """What the server of this database has used of the processors: what stays true on a busy machine."""
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes()
            if b"serve" in command and str(path).encode() in command:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        except OSError:
            continue
    raise RuntimeError("The server has gone.")


async def measure(address: str, devices: int, path: Path) -> tuple[list[float], float]:
    """Seconds of every answer that so many devices got, and processor seconds of the server for one."""
    waits: list[float] = []
    opening = devices * 0.25
    until = time.perf_counter() + opening + SECONDS
    tasks = []
    for _ in range(devices):
        tasks.append(asyncio.create_task(one_device(address, waits, until)))
        # A page costs more than a look; a team does not arrive in one instant.
        await asyncio.sleep(0.25)
    waits.clear()
    used = processor_seconds(path)
    await asyncio.gather(*tasks)
    return waits, (processor_seconds(path) - used) / len(waits)


@click.command()
@click.option("--devices", type=int, multiple=True, help="So many devices. Repeatable.")
def main(devices: tuple[int, ...]) -> None:
    """Measure, and print one row per number of devices."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plc.duckdb"
        print(f"one look at the number: {prepare(path):.0f} microseconds; load {os.getloadavg()[0]:.1f}")
        print(
            "| devices | meetings of 5 | looks a second | processor (ms a look) | median (ms) |"
            " 95th percentile (ms) | within 2 s |"
        )
        print("|---|---|---|---|---|---|---|")
        with served(Path(folder), sample=False) as address:
            socket_address = f"ws://{urlparse(address).netloc}"
            for count in devices or DEVICES:
                waits, used = asyncio.run(measure(socket_address, count, path))
                waits.sort()
                late = waits[int(0.95 * len(waits))]
                print(
                    f"| {count} | {count // DEVICES_OF_A_MEETING} | {len(waits) / SECONDS:.0f} |"
                    f" {1000 * used:.1f} |"
                    f" {1000 * statistics.median(waits):.0f} | {1000 * late:.0f} |"
                    f" {'yes' if late < PATIENCE else 'no'} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
