"""Sends events to Podcasto Costs with nothing but the standard library.

Prices stay strings or Decimals: a float would not be what was meant.
"""
import json
import os
import random
import time
import urllib.error
import urllib.request
import uuid

SERVER = os.environ.get("PODCASTO_COSTS_SERVER", "http://localhost:5000").rstrip("/")
KEY = os.environ["PODCASTO_COSTS_KEY"]
BATCH = 1000  # the server takes up to 10,000 in an array


def event(event_type, service, quantity, unit, **more):
    """An event with its id, which is made once: whatever is sent again under it counts once."""
    return {"id": str(uuid.uuid4()), "event_type": event_type, "service": service, "quantity": str(quantity), "unit": unit, **more}


def call(method, path, body=None, patience=120):
    """Asks the server, and again while it is busy or away; raises urllib.error.HTTPError with the reason when it refuses."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json", "Prefer": "return=minimal"}
    deadline = time.monotonic() + patience
    for attempt in range(1000):
        try:
            request = urllib.request.Request(SERVER + path, data, headers, method=method)
            with urllib.request.urlopen(request, timeout=60) as response:
                return json.load(response)
        except urllib.error.HTTPError as refused:
            if refused.code not in (429, 500, 502, 503, 504) or time.monotonic() > deadline:
                refused.msg = refused.read().decode(errors="replace")  # the problem: detail, and errors by JSON pointer
                raise
            asked = refused.headers.get("Retry-After", "")
            pause = float(asked) if asked.isdigit() else 0
        except OSError:  # refused, reset or timed out: nobody knows whether it was stored, and the ids make that harmless
            if time.monotonic() > deadline:
                raise
            pause = 0
        time.sleep(max(pause, random.uniform(0, min(10, 0.25 * 2 ** min(attempt, 6)))))


def send(events):
    """Sends events in batches; returns how many were new."""
    return sum(call("POST", "/api/v1/events", events[start:start + BATCH])["accepted"] for start in range(0, len(events), BATCH))


if __name__ == "__main__":
    episode = os.environ.get("EPISODE") or str(uuid.uuid4())
    used = [
        event("ai_api_call", "gemini_tts", 8040, "tokens", episode_id=episode,
              metadata={"model": "gemini-2.5-flash-tts", "input_tokens": 440, "output_tokens": 7600}),
        event("s3_operation", "s3_put", 1, "requests", episode_id=episode, metadata={"file_size_mb": 17.867}),
    ]
    used += [event("ses_email", "ses", 1, "emails", episode_id=episode, unit_cost_usd="0.0001") for _ in range(1500)]
    print(f"{send(used)} new")
    print(f"{send(used)} new when all is sent once more")
    print(call("GET", f"/api/v1/episodes/{episode}/costs")["total_cost_usd"], "US dollars")
