#!/usr/bin/env bash
# Takes the pictures of the docs anew, from the demo's data, into docs/pictures. ./test.sh installs what it needs.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p docs/pictures
dotnet build tests/Podcasto.Costs.Tests --configuration Release -p:CSharpier_Bypass=true --verbosity quiet
artifacts/bin/Podcasto.Costs.Tests/release/Podcasto.Costs.Tests --ansi off --progress off --explicit only --filter-class '*Screenshots'
