# Two commands matter: `make run` and `make test`. Each installs what it needs first.
#
# CI keeps its build outside the checkout, so that a fresh clone finds what an earlier run built.
ifeq ($(CI),true)
export CARGO_TARGET_DIR ?= $(HOME)/.cache/ferrite/target
endif
TARGET := $(or $(CARGO_TARGET_DIR),target)
FERRITE := $(TARGET)/release/ferrite
ARGS ?= demo
TIME ?= 60

.PHONY: help run test bench fuzz hostile interop console shots clean

help:
	@echo "make run               builds everything and shows the virtual plant in the browser"
	@echo "make run ARGS='...'    the same binary with other arguments, for instance 'analyze my.pcap'"
	@echo "make test              runs all tests"
	@echo "make bench             compares speed with the floor and with peers on this machine"
	@echo "make fuzz TIME=60      looks for inputs that break something, that many seconds a target"
	@echo "make hostile           the big hostile inputs"
	@echo "make interop           real clients and servers of other makers against each other, watched"
	@echo "make console           builds the console alone"
	@echo "make shots             makes the pictures of the README"

run:
	@scripts/step 'set up' scripts/setup run
	@scripts/step 'console' scripts/console build
	@scripts/step 'binary' cargo build --release --locked --package ferrite
	@scripts/step total
	@exec $(FERRITE) $(ARGS)

test:
	@scripts/test

bench:
	@scripts/setup run
	@scripts/bench

fuzz:
	@scripts/setup test
	@scripts/fuzz $(TIME)

hostile:
	@scripts/hostile

interop:
	@scripts/setup test
	@scripts/interop

console:
	@scripts/console build

shots: console
	@cargo build --release --locked --package ferrite
	@cd console && FERRITE_BIN=$(abspath $(FERRITE)) npm run shots -- --out ../docs/img

clean:
	cargo clean
	rm -rf console/dist console/node_modules
