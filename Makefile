# make run   the main job on sample data          make test       every fast test
# make run-slurm    the same, two SDCs through a private Slurm
# make bench quality, speed and scaling           make test-full  also faults, outside programs
# make bench-peers  the same problem given to HiGHS and CP-SAT (half an hour)
# make lint  layout and warnings                  make clean      forget builds and local state
# make docs  the types that a reader starts from, as pages in .state/docs
# make package  a Debian package for a site, in .state/package

SHELL := /bin/bash
.PHONY: run run-slurm test test-full bench bench-peers package docs lint clean setup setup-test setup-full

# --explicit-target-dependency-import-check: modules import only what Package.swift says.
SWIFT_FLAGS := --explicit-target-dependency-import-check error

setup:
	@contrib/scripts/setup.sh

setup-test:
	@contrib/scripts/setup.sh test

setup-full:
	@contrib/scripts/setup.sh full

run: setup
	@contrib/scripts/build.sh $(SWIFT_FLAGS)
	@contrib/scripts/run.sh $(if $(DATABASE),--database "$(DATABASE)")

run-slurm: setup
	@contrib/scripts/setup.sh slurm
	@contrib/scripts/build.sh $(SWIFT_FLAGS)
	@contrib/scripts/run-slurm.sh

test: setup-test
	contrib/scripts/run-tests.sh $(SWIFT_FLAGS)

test-full: test setup-full
	swift build -c release $(SWIFT_FLAGS)
	contrib/scripts/test-digests.sh
	SGS_ALL_TIGHT_CASES=1 SGS_TEST_FULL=1 contrib/scripts/run-tests.sh $(SWIFT_FLAGS) --no-parallel \
	    --filter 'TightCasesTests|OptimalityTests|PayloadsTests|WorkflowsTests|BatchSystemsTests|ExecutionTests'
	contrib/scripts/test-readme.sh
	contrib/scripts/validate-graphs.sh
	contrib/scripts/validate-graphml.sh
	contrib/scripts/validate-answers.sh
	contrib/scripts/validate-prov.sh
	contrib/scripts/validate-wfformat.sh
	contrib/scripts/validate-submits.sh
	contrib/scripts/validate-report.sh
	contrib/scripts/test-bps.sh
	contrib/scripts/test-cwl.sh
	contrib/scripts/test-cwl.sh --as-runs
	contrib/scripts/test-calendars.sh
	contrib/scripts/test-fuzz.sh
	contrib/scripts/test-faults.sh
	contrib/scripts/test-dachs.sh
	contrib/scripts/test-service.sh
	contrib/scripts/validate-pages.sh
	contrib/scripts/validate-runner-pages.sh
	contrib/scripts/steer-day.sh
	contrib/scripts/test-package.sh

bench: setup
	swift build -c release $(SWIFT_FLAGS)
	Benchmarks/run.sh
	Benchmarks/scaling.py "$$(swift build -c release --show-bin-path)/sgs" .state/scaling

bench-peers: setup
	swift build -c release $(SWIFT_FLAGS) --product sgs
	Benchmarks/peers/run.sh

package: setup
	@contrib/scripts/setup.sh package
	@contrib/scripts/package.sh

# What a reader starts from; a link to something that is not there is an error.
DOCUMENTED := GroundSegment Planning Catalogue WebService

docs: setup
	@mkdir -p .state/docs
	@for module in $(DOCUMENTED); do \
	    swift package --allow-writing-to-directory .state/docs generate-documentation \
	        --target $$module --output-path .state/docs/$$module --warnings-as-errors \
	        --transform-for-static-hosting --hosting-base-path $$module || exit 1; \
	done

lint:
	swift format lint --strict --recursive Sources Tests Package.swift

clean:
	@if [ -x .build/release/sgs ]; then .build/release/sgs catalogue stop >/dev/null 2>&1 || true; fi
	rm -rf .build .state
