#!/usr/bin/env bash
# What the service does beside what the database itself can do, in one run on this machine. PostgreSQL is started from Debian's package
# (./test.sh installs it), durable. Results go to standard output as tables; those worth keeping are committed under results/.
#   bench/run.sh              about 50 minutes, up to 10 million stored events
#   bench/run.sh --quick      about 15 minutes, up to 2 million
#   --rounds N  --scale X     more or fewer repetitions (3), more or fewer events (1)
#   --only TEXT               only the write scenarios whose name has the text
#   --no-writes --no-history --no-exports   leave out a part
#   --pages                   also the server time of every page of the dashboard, on 10 million events (4 minutes more)
#   --exports N,N             how many events the exported month has
#   client                    instead: what tracking costs a caller, and how many events a process sends; about two minutes
#   micro                     BenchmarkDotNet instead: parsing, rating and rolling up, with allocations
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build bench/Podcasto.Costs.Benchmarks --configuration Release -p:CSharpier_Bypass=true --verbosity quiet
# The load generator answers its sockets on the thread that polls them: it takes a third less of the CPU that the service needs.
export DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1
echo "commit $(git rev-parse --short HEAD), $(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), $(date -u +%Y-%m-%d)"
echo
if [ "${1:-}" = client ]; then
  exec artifacts/bin/Podcasto.Costs.Benchmarks/release/Podcasto.Costs.Benchmarks "$@"
fi
if [ "${1:-}" = micro ]; then
  shift
  exec artifacts/bin/Podcasto.Costs.Benchmarks/release/Podcasto.Costs.Benchmarks --filter '*' "$@"
fi
exec artifacts/bin/Podcasto.Costs.Benchmarks/release/Podcasto.Costs.Benchmarks load "$@"
