#!/usr/bin/env bash
# Sends events to Podcasto Costs with curl, which repeats what found the server busy or away, after the pause that it asks for.
set -euo pipefail

server=${PODCASTO_COSTS_SERVER:-http://localhost:5000}
server=${server%/}
key=${PODCASTO_COSTS_KEY:?an API key with the scopes ingest and read}

# The key goes by a file descriptor: arguments are seen by everybody on the machine.
ask() {
  curl --silent --show-error --fail-with-body --max-time 60 --retry 10 --retry-connrefused --retry-max-time 120 \
    --config <(printf 'header = "Authorization: Bearer %s"\n' "$key") "$@"
}

new_id() { cat /proc/sys/kernel/random/uuid; }

episode=${EPISODE:-$(new_id)}
lines=$(mktemp)
trap 'rm -f "$lines"' EXIT

# One JSON object a line. The id is made once: whatever is sent again under it counts once.
cat > "$lines" << END
{"id": "$(new_id)", "event_type": "ai_api_call", "service": "gemini_tts", "quantity": "8040", "unit": "tokens", "episode_id": "$episode", "metadata": {"model": "gemini-2.5-flash-tts", "input_tokens": 440, "output_tokens": 7600}}
{"id": "$(new_id)", "event_type": "s3_operation", "service": "s3_put", "quantity": "1", "unit": "requests", "episode_id": "$episode", "metadata": {"file_size_mb": 17.867}}
{"id": "$(new_id)", "event_type": "ses_email", "service": "ses", "quantity": "1500", "unit": "emails", "episode_id": "$episode", "unit_cost_usd": "0.0001"}
END

# Good lines are stored, bad ones named in "errors". Sent twice, they are duplicates.
ask --data-binary "@$lines" --header "Content-Type: application/x-ndjson" "$server/api/v1/events"
echo
ask --data-binary "@$lines" --header "Content-Type: application/x-ndjson" "$server/api/v1/events"
echo
ask "$server/api/v1/episodes/$episode/costs"
echo
