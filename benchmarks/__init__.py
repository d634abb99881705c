"""What `make bench` measures: how the build grows with the data, beside a stock build, and what pages weigh."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
