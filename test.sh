#!/usr/bin/env bash
# Everything the tests need, then the tests: what CI runs. Ends with "N passed, N failed".
set -euo pipefail
cd "$(dirname "$0")"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# The tests start servers of their own from these binaries; nothing here runs as a service.
if ! ls /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1; then
  # Only the programs are wanted: no cluster, no service.
  mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql > /dev/null
fi

if ! command -v chromium > /dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core > /dev/null
fi

# A program is compiled ahead of time, which takes a linker and zlib's headers.
if ! { command -v clang || command -v gcc; } > /dev/null || [ ! -e /usr/include/zlib.h ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends gcc libc6-dev zlib1g-dev > /dev/null
fi

# The examples run as they are.
for program in python3:python3 node:nodejs curl:curl; do
  if ! command -v "${program%:*}" > /dev/null; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${program#*:}" > /dev/null
  fi
done

dotnet build Podcasto.Costs.slnx --configuration Release -p:CSharpier_Check=true -m:2

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
artifacts/bin/Podcasto.Costs.Tests/release/Podcasto.Costs.Tests --ansi off --progress off --auto-reporters off 2>&1 | tee "$log" || status=$?

# Some CI environments colour the summary whatever they are told: numbers are read without the escape codes.
sed -i -E 's/\x1b\[[0-9;?]*[A-Za-z]//g' "$log"
passed=$(sed -nE 's/^ *succeeded: ([0-9]+).*/\1/p' "$log" | tail -1)
failed=$(sed -nE 's/^ *failed: ([0-9]+).*/\1/p' "$log" | tail -1)
echo
echo "${passed:-0} passed, ${failed:-0} failed"
if [ "$status" -ne 0 ] || [ "${passed:-0}" -eq 0 ] || [ "${failed:-1}" -ne 0 ]; then exit 1; fi
