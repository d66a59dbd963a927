"""Telling the story: numbered steps on the terminal, progress while something takes time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn


class StepFailed(Exception):
    """A step did not hold; the message says what was expected and what came."""


@dataclass(slots=True)
class Step:
    """One step: whether it held, what was said, and its facts for programs."""

    number: int
    title: str
    held: bool = False
    said: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0

    def expect(self, condition: object, otherwise: str) -> None:
        """Go on if the condition holds; `StepFailed` with `otherwise` if not."""
        if not condition:
            raise StepFailed(otherwise)


class Teller:
    """Runs steps, prints them, and remembers them."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.steps: list[Step] = []

    @contextmanager
    def step(self, title: str) -> Iterator[Step]:
        """Do one step; an exception is printed with it and goes on up."""
        step = Step(len(self.steps) + 1, title)
        self.steps.append(step)
        self.console.print(f"\n[bold]{step.number:>2}. {title}[/]", highlight=False)
        started = time.monotonic()
        try:
            yield step
            step.held = True
        except Exception as error:
            self.say(step, f"✗ {error}")
            raise
        finally:
            step.seconds = round(time.monotonic() - started, 2)

    def say(self, step: Step, sentence: str) -> None:
        """Print one line under a step."""
        step.said.append(sentence)
        self.console.print(f"    {sentence}", highlight=False, markup=False, soft_wrap=True)

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """A progress bar that leaves nothing behind."""
        with Progress(
            TextColumn("    {task.description}"),
            BarColumn(),
            TextColumn("{task.fields[note]}"),
            TimeElapsedColumn(),
            console=self.console,
            transient=True,
            disable=not self.console.is_terminal,
        ) as progress:
            yield progress
