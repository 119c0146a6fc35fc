#!/usr/bin/env bash
# Builds everything once, runs every test project and adds up what they say. The last line is the sum.
set -euo pipefail

usage() {
  cat <<'HELP'
Usage: ./test.sh [--all] [-- DOTNET-TEST-ARGUMENTS…]

Builds the solution (warnings are errors) and runs all tests under tests/. Installs what a test needs where it can: as
root, from Debian's packages. What it could not install it names, and the tests that need it are skipped with a reason.

Options:
  --all        also run the slow tests (trait Category=Slow): packaging, long fuzz, real trainers
  -h, --help   show this
  -- …         everything after it goes to `dotnet test`, for each project; a --filter narrows the one that is set here

Examples:
  ./test.sh
  ./test.sh --all
  ./test.sh -- --filter FullyQualifiedName~Ranker

The last line is `N passed, N failed, N skipped`. A build that fails and a project whose run breaks off count as one
failure each. Exit code: 0 when all passed or were skipped; 1 on any failure, or when no test ran; 2 for wrong arguments.
HELP
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
all=false
filter=
extra=()
while (($#)); do
  case $1 in
    --all) all=true; shift ;;
    -h | --help) usage; exit 0 ;;
    --) shift; extra=("$@"); break ;;
    *) printf "test.sh: unknown argument '%s'; see ./test.sh --help\n" "$1" >&2; exit 2 ;;
  esac
done

# dotnet test takes one --filter: what was asked for and what is set here become one.
passed_on=()
for ((i = 0; i < ${#extra[@]}; i++)); do
  case ${extra[i]} in
    --filter)
      ((i + 1 < ${#extra[@]})) || { echo "test.sh: --filter needs an expression" >&2; exit 2; }
      i=$((i + 1)); filter=${extra[i]} ;;
    --filter=* | --filter:*) filter=${extra[i]#--filter?} ;;
    *) passed_on+=("${extra[i]}") ;;
  esac
done
$all || filter="Category!=Slow${filter:+&($filter)}"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDTERMINALLOGGER=off
export PODIUM_CHECKOUT=$root
cd "$root"
exec </dev/null

passed=0 failed=0 skipped=0
results=$(mktemp -d)
# PostgreSQL, which does not run as root, has its folder in here.
chmod 711 "$results"
finish() {
  local status=$?
  if [[ -d $results/postgres ]]; then eng/test-postgres stop "$results/postgres" || true; fi
  rm -rf "$results"
  if ((status == 0 && (failed > 0 || passed == 0))); then status=1; fi
  if ((status != 0 && failed == 0 && passed == 0)); then echo "No test ran to its end."; fi
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# install WHAT-FOR PACKAGE… : from Debian's packages, or says why not. Tests look for the thing itself and skip.
refreshed=false
install() {
  local purpose=$1; shift
  local log=$results/apt.log
  if [[ $(id -u) -ne 0 ]] || ! command -v apt-get >/dev/null; then
    echo "Not installed: $* ($purpose), which takes root and apt-get. Tests that need it are skipped."
    return
  fi

  echo "Installing $* ($purpose)"
  if ! $refreshed; then
    apt-get update -qq >"$log" 2>&1 || echo "apt-get update failed; trying with the package lists that are here."
    refreshed=true
  fi
  if ! DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >"$log" 2>&1; then
    echo "Not installed: $* ($purpose), since apt-get failed. Tests that need it are skipped. It said:"
    tail -n 3 "$log" | sed 's/^/  /'
  fi
}

if ! command -v dotnet >/dev/null; then
  echo "Needs the .NET 10 SDK (dotnet) on PATH; global.json names the version."
  failed=1
  exit 1
fi
command -v npm >/dev/null || install "the pages' scripts are bundled at each build" nodejs npm
if ! command -v node >/dev/null || ! command -v npm >/dev/null || (($(node --version | sed 's/^v//; s/[.].*//') < 20)); then
  echo "Needs Node.js 20 or newer with npm (node and npm on PATH): the build bundles what the pages send to a browser."
  failed=1
  exit 1
fi
[[ -x /usr/bin/chromium ]] || install "the pages are tested in a real browser" chromium
command -v zsh >/dev/null && command -v fish >/dev/null || install "their completion scripts are checked by the shells themselves" zsh fish
if $all && ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
  install "the wheel's test makes a virtual environment" python3 python3-venv
fi
if $all && ! /usr/bin/python3 -c 'import pandas' 2>/dev/null; then
  install "with it MLflow's client logs the checkpoints of a real trainer" python3-pandas
fi
[[ -d $root/../shared || -n ${PODIUM_SHARED:-} ]] || echo "There is no ../shared beside this checkout: tests on that material are skipped."

# A PostgreSQL of this run's own, unless the caller names one.
has_postgres() { command -v pg_ctl >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/pg_ctl' >/dev/null; }
if [[ -z ${PODIUM_TEST_POSTGRES:-} ]]; then
  has_postgres || install "the server's tests run on it as well as on SQLite" postgresql
  if has_postgres && PODIUM_TEST_POSTGRES=$(eng/test-postgres start "$results/postgres"); then
    export PODIUM_TEST_POSTGRES
  else
    unset PODIUM_TEST_POSTGRES
    echo "No PostgreSQL was started: tests on it are skipped."
  fi
fi
command -v strace >/dev/null || install "a test counts with it how often a server flushes the disk" strace

# No build server outlives the run: a caller that waits for the end of our output would wait for it too.
if ! dotnet build Podium.slnx -c Debug --disable-build-servers -nodeReuse:false -v quiet; then
  echo "The build failed; no test ran."
  failed=1
  exit 1
fi

# Skipped tests come below, by reason; the rest says nothing either.
noise="/ \[SKIP\]$|^  Skipped |^Data collector 'Blame' message: All|^Results File: |^A total of |^Test run for |^No test matches /d; /^$/d"

# Run in the background of a script, this ignores SIGINT, and so would the processes that tests interrupt.
interruptible=(env)
if env --default-signal=INT true 2>/dev/null; then interruptible+=(--default-signal=INT); fi

for project in tests/*/*.Tests.csproj; do
  [[ -f $project ]] || continue
  name=$(basename "$project" .csproj)
  trx=$results/$name.trx
  echo "== $name"
  status=0
  "${interruptible[@]}" dotnet test "$project" -c Debug --no-build -nodeReuse:false ${filter:+--filter "$filter"} \
    --results-directory "$results" --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" \
    --blame-hang-timeout 20m --blame-hang-dump-type none ${passed_on[@]+"${passed_on[@]}"} | sed -E "$noise" || status=$?

  # One <UnitTestResult outcome="…"> per result. (The file's own counters leave skipped tests out.)
  outcomes=
  if [[ -f $trx ]]; then outcomes=$(grep -o '<UnitTestResult [^>]*' "$trx" | grep -o ' outcome="[A-Za-z]*"' || true); fi
  count() { grep -c "\"$1\"" <<<"$outcomes" || true; }
  here_passed=$(count Passed)
  here_skipped=$(count NotExecuted)
  here_all=$(grep -c . <<<"$outcomes" || true)
  here_failed=$((here_all - here_passed - here_skipped))
  if ((status != 0 && here_failed == 0)); then
    echo "$name broke off with exit code $status; that counts as one failure."
    here_failed=1
  fi
  passed=$((passed + here_passed)) failed=$((failed + here_failed)) skipped=$((skipped + here_skipped))
done

# Why tests were skipped, each reason once; those that differ only in the file they miss in ../shared are one.
if ((skipped > 0)); then
  awk '
    /<UnitTestResult / { skipped = /outcome="NotExecuted"/ }
    skipped && /<Message>/ { reading = 1; text = "" }
    reading { text = text " " $0 }
    reading && /<\/Message>/ {
      reading = 0; skipped = 0
      gsub(/^.*<Message>|<\/Message>.*$/, "", text)
      gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&amp;/, "\\&", text)
      sub(/needs \.\.\/shared\/[^ ,]*/, "needs ../shared/…", text)
      reasons[text]++
    }
    END { for (text in reasons) printf "%d skipped: %s\n", reasons[text], text }
  ' "$results"/*.trx | sort -rn
fi
