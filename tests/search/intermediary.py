"""An HTTP server in front of the real Elasticsearch: it notes what is asked, and may answer in the node's place."""

import http.server
import json
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping

Intervention = Callable[[str, Mapping[str, str]], tuple[int, dict] | None]
"""Of path and headers: status and body to answer with, or None to pass the request on."""


class Intermediary:
    def __init__(self, node: str, intervene: Intervention, *, tls: ssl.SSLContext | None = None) -> None:
        self.node, self.intervene = node, intervene
        self.paths: list[str] = []
        self.authorizations: set[str] = set()
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def host(self) -> str:
        return f"localhost:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> tuple[int, str, bytes]:
        """Status, content type and body."""
        self.paths.append(path)
        self.authorizations.add(headers.get("Authorization", ""))
        if own := self.intervene(path, headers):
            return own[0], "application/json", json.dumps(own[1]).encode()
        passed = {name: headers[name] for name in ("Content-Type", "Accept") if name in headers}
        try:
            asked = urllib.request.Request(self.node + path, body or None, passed, method=method)
            with urllib.request.urlopen(asked) as found:
                return found.status, found.headers.get("Content-Type", ""), found.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers.get("Content-Type", ""), error.read()


def handler_of(intermediary: Intermediary) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_request(self) -> None:
            asked = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, content_type, body = intermediary.answer(self.command, self.path, self.headers, asked)
            self.send_response(status)
            self.send_header("X-Elastic-Product", "Elasticsearch")
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = handle_request

        def log_message(self, *arguments: object) -> None:
            """The test says what went wrong."""

    return Handler
