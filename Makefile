# Every target makes the environment first; a fresh machine needs only Python 3.11–3.13 and make.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: chat test test-slow check lint format types contracts bench clean reader clip screenshots

# The marker is written last, so that its presence means a complete environment.
.venv/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

chat: .venv/.ready  ## talk to the demo catalogue; in a pipe, play a scripted conversation
	@if [ -t 0 ] && [ -t 1 ]; then $(BIN)/vitrine chat --catalog demo; \
	else $(BIN)/vitrine chat --catalog demo --plain < retrieval/demo/conversation.txt; fi

test: .venv/.ready  ## the tests that take under five minutes
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -m 'not slow' -n 2  # one thread a worker: two workers of two threads took 3 times as long

test-slow: .venv/.ready  ## the others
	$(BIN)/python -m pytest -m slow

lint: .venv/.ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

format: .venv/.ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

types: .venv/.ready
	$(BIN)/mypy

contracts: .venv/.ready
	$(BIN)/lint-imports

check: lint types contracts test  ## all that must pass before a commit lands

bench: .venv/.ready  ## time, memory, screen and understanding on this machine, kept in results/
	$(BIN)/vitrine eval speed --catalog demo
	$(BIN)/vitrine eval bench encoding
	$(BIN)/vitrine eval bench screen
	$(BIN)/vitrine eval bench composed --data demo
	$(BIN)/vitrine eval bench understanding --data eval/understanding/heldout --data eval/understanding/requests \
		--data eval/understanding/strangers

READINGS = tests/data/readings.jsonl tests/data/readings_blind.jsonl
reader: .venv/.ready  ## train the bundled reader anew: two runs of 40 minutes on two cores, and their mean
	$(BIN)/python -m agent.nano.reader_train --steps 9000 --seed 7 --out build/reader-7 --resume --check $(READINGS)
	$(BIN)/python -m agent.nano.reader_train --steps 9000 --seed 8 --out build/reader-8 --resume --check $(READINGS)
	$(BIN)/python -m agent.nano.reader_average build/reader-7 build/reader-8 --check $(READINGS)

PHOTOGRAPHS ?= ../shared/data/clothing
clip: .venv/.ready  ## draw lessons and train the bundled image model anew, about an hour on two cores; resumes
	test -f build/lessons/drawings/facts.jsonl || $(BIN)/python -m retrieval.lessons.drawings --out build/lessons/drawings
	test -f build/lessons/photographs/facts.jsonl || \
		$(BIN)/python -m retrieval.lessons.photographs $(PHOTOGRAPHS) --out build/lessons/photographs
	$(BIN)/python -m encoders.nano.clip.train --drawings build/lessons/drawings \
		--photographs build/lessons/photographs --out build/clip --resume
	cp build/clip/model/* encoders/nano/weights/clip/
	$(BIN)/vitrine eval bench pictures --data $(PHOTOGRAPHS)/test

screenshots: .venv/.ready  ## draw the README's pictures of the full screen, by playing scenes in it
	$(BIN)/python -m tui.app.screenshots --out docs

clean:
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .hypothesis
