"""The service that the lab rolls out: a small Flask app under gunicorn, with knobs to misbehave.

The knobs, and what a request may ask for, are told in the README.md beside this file.
"""

import os
import random
import signal
import socket
import sys
import threading
import time

VERSION = os.environ.get("APP_VERSION", "v1")
HOST = socket.gethostname()
COLOURS = {"v1": "#1f5fbf", "v2": "#e07b00"}
MAX_WORK_MILLIS = 10_000
MAX_ASSETS = 20
THREADS = 16


class BadKnob(Exception):
    pass


def number(name, default, low, high):
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        value = None
    if value is None or not low <= value <= high:
        raise BadKnob(f"{name} must be a number from {low} to {high}, not {text!r}")
    return value


def whole(name, default, low, high):
    value = number(name, default, low, high)
    if value != int(value):
        text = os.environ[name]
        raise BadKnob(f"{name} must be a whole number from {low} to {high}, not {text!r}")
    return int(value)


def flag(name):
    text = os.environ.get(name, "").strip().lower()
    if text in ("", "0", "false", "no"):
        return False
    if text in ("1", "true", "yes"):
        return True
    raise BadKnob(f"{name} must be true or false, not {text!r}")


class Knobs:
    KNOWN = {
        "APP_VERSION", "APP_START_DELAY_SECONDS", "APP_ERROR_SHARE", "APP_ERROR_AFTER_SECONDS",
        "APP_LATENCY_MILLIS", "APP_LATENCY_SHARE", "APP_CRASH_AFTER_SECONDS", "APP_NEVER_HEALTHY",
        "APP_UNHEALTHY_AFTER_SECONDS", "APP_MEMORY_GROWTH_MIB_PER_SECOND", "APP_IGNORE_SIGTERM",
        "APP_STOP_DELAY_SECONDS", "APP_DRAIN_SECONDS",
    }

    def __init__(self):
        unknown = sorted(k for k in os.environ if k.startswith("APP_") and k not in self.KNOWN)
        if unknown:
            raise BadKnob(f"unknown: {', '.join(unknown)}; known: {', '.join(sorted(self.KNOWN))}")
        self.port = whole("PORT", 5000, 1, 65535)
        self.start_delay = number("APP_START_DELAY_SECONDS", 0, 0, 3600)
        self.error_share = number("APP_ERROR_SHARE", 0, 0, 1)
        self.error_after = number("APP_ERROR_AFTER_SECONDS", 0, 0, 86_400)
        self.latency = number("APP_LATENCY_MILLIS", 0, 0, 60_000) / 1000
        self.latency_share = number("APP_LATENCY_SHARE", 1, 0, 1)
        self.crash_after = number("APP_CRASH_AFTER_SECONDS", None, 0, 86_400)
        self.never_healthy = flag("APP_NEVER_HEALTHY")
        self.unhealthy_after = number("APP_UNHEALTHY_AFTER_SECONDS", None, 0, 86_400)
        self.growth_mib = number("APP_MEMORY_GROWTH_MIB_PER_SECOND", 0, 0, 1024)
        self.ignore_sigterm = flag("APP_IGNORE_SIGTERM")
        self.stop_delay = number("APP_STOP_DELAY_SECONDS", 0, 0, 3600)
        self.drain = whole("APP_DRAIN_SECONDS", 30, 0, 3600)
        # Set by the first process before it makes its worker, which inherits it.
        self.listens_since = None

    def listens_for(self, seconds):
        return time.monotonic() - self.listens_since >= seconds

    def healthy(self):
        soured = self.unhealthy_after is not None and self.listens_for(self.unhealthy_after)
        return not self.never_healthy and not soured


def web(knobs):
    from flask import Flask, jsonify, make_response, request

    app = Flask(__name__)
    chance = random.Random()

    def page():
        colour = COLOURS.get(VERSION, "#444444")
        return (
            f"<!doctype html><html lang=en><meta charset=utf-8><title>{VERSION}</title>"
            f"<body style='margin:0;min-height:100vh;display:grid;place-content:center;"
            f"text-align:center;font-family:sans-serif;color:white;background:{colour}'>"
            f"<h1 style='font-size:8rem;margin:0'>{VERSION}</h1><p>{HOST}</p></body></html>"
        )

    def misbehave(wait):
        """Sleeps as long as asked for and as the knobs say; the error that they say, or None."""
        if chance.random() < knobs.latency_share:
            wait += knobs.latency
        if wait > 0:
            time.sleep(wait)
        if knobs.listens_for(knobs.error_after) and chance.random() < knobs.error_share:
            return jsonify(error="injected", version=VERSION, host=HOST, requestId=asked()), 500
        return None

    def asked():
        return request.headers.get("X-Request-Id")

    @app.get("/")
    def index():
        work = request.args.get("work", "0")
        if not work.isdecimal() or int(work) > MAX_WORK_MILLIS:
            error = f"work must be whole milliseconds from 0 to {MAX_WORK_MILLIS}"
            return jsonify(error=error), 400
        error = misbehave(int(work) / 1000)
        if error:
            return error
        accept = request.accept_mimetypes
        if accept["text/html"] > accept["application/json"]:
            return make_response(page())
        return jsonify(version=VERSION, host=HOST, requestId=asked())

    @app.get("/assets/<version>/<int:number>")
    def asset(version, number):
        error = misbehave(0)
        if error:
            return error
        if version != VERSION or not 1 <= number <= MAX_ASSETS:
            return jsonify(error=f"{VERSION} has no asset {number} of {version}"), 404
        return jsonify(version=VERSION, host=HOST, requestId=asked(), asset=number)

    @app.get("/healthz")
    def healthz():
        if not knobs.healthy():
            return jsonify(healthy=False), 503
        return jsonify(healthy=True)

    @app.after_request
    def name_the_server(response):
        response.headers["X-App-Version"] = VERSION
        response.headers["X-App-Host"] = HOST
        return response

    return app


def background(work):
    threading.Thread(target=work, daemon=True).start()


def grow(mib_per_second):
    kept = []
    while True:
        time.sleep(0.25)
        # Written, because memory that is only reserved costs nothing.
        kept.append(b"\x55" * int(mib_per_second * 0.25 * 1024 * 1024))


def crash(seconds):
    time.sleep(seconds)
    print(f"APP_CRASH_AFTER_SECONDS={seconds:g}: ending now", file=sys.stderr, flush=True)
    os._exit(1)


def on_ready(knobs):
    """What the first process does once it listens; the worker, its child, has none of this."""

    def ready(arbiter):
        knobs.listens_since = time.monotonic()
        if knobs.crash_after is not None:
            background(lambda: crash(knobs.crash_after))
        if knobs.growth_mib > 0:
            background(lambda: grow(knobs.growth_mib))
        if knobs.ignore_sigterm:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
        elif knobs.stop_delay > 0:
            stop = signal.getsignal(signal.SIGTERM)

            def later(number, frame):
                signal.signal(signal.SIGTERM, signal.SIG_IGN)

                def now():
                    time.sleep(knobs.stop_delay)
                    stop(number, None)

                background(now)

            signal.signal(signal.SIGTERM, later)

    return ready


def end_at_once(number, frame):
    os._exit(0)


def main():
    try:
        knobs = Knobs()
    except BadKnob as bad:
        print(f"bad knob: {bad}", file=sys.stderr)
        return 2
    # The first process of a container never gets a signal for which it has no handler: without
    # these it would sleep on until it is killed. gunicorn puts its own in their place.
    signal.signal(signal.SIGINT, end_at_once)
    signal.signal(signal.SIGTERM, signal.SIG_IGN if knobs.ignore_sigterm else end_at_once)
    if knobs.start_delay > 0:
        time.sleep(knobs.start_delay)

    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        def load_config(self):
            settings = {
                "bind": f"0.0.0.0:{knobs.port}",
                "workers": 1,
                "worker_class": "gthread",
                "threads": THREADS,
                "graceful_timeout": knobs.drain,
                # The service time is asked for by requests; a busy worker is not a dead one.
                "timeout": 120,
                "accesslog": None,
                "errorlog": "-",
                "loglevel": "warning",
                # A heartbeat file on a disk may block; memory does not.
                "worker_tmp_dir": "/dev/shm",
                "control_socket_disable": True,
                "when_ready": on_ready(knobs),
            }
            for name, value in settings.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self):
            return web(knobs)

    Server().run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
