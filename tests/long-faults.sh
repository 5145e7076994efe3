#!/usr/bin/env bash
# The fault tests at full length: 30 kills of the server on each engine while it takes events in and 20 while it archives and restores, 10 crashes of PostgreSQL, 100,000 mutated bodies, a stream of 1 GB. About ten minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build Podcasto.Costs.slnx --configuration Release -p:CSharpier_Bypass=true
COSTS_FAULTS=long artifacts/bin/Podcasto.Costs.Tests/release/Podcasto.Costs.Tests --ansi off --progress off \
  --filter-class '*KillTests' --filter-class '*ArchiveDiskTests' --filter-class '*FullDiskTests' --filter-class '*FuzzTests' --filter-class '*FaultTests' --filter-class '*BackpressureTests'
