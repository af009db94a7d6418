import type { SheetFunction } from '../functions/sheet-function.ts'

/** The component of the extension: one method for each function, all of them the same question to the server. */
export const python = (
  functions: readonly SheetFunction[],
  address: string,
): string => `"""Weighbridge in LibreOffice Calc: each function asks the server and shows what it answers."""

import http.client
import json
import os
import threading
import time
from urllib.parse import urlsplit

import unohelper

try:
    from org.weighbridge import XWeights
except ImportError:
    # While the extension is being installed its types are not there yet, and only its names are asked for.
    XWeights = object

ADDRESS = os.environ.get("WEIGHBRIDGE_URL", ${JSON.stringify(address)})
TIMEOUT_SECONDS = 15
# A server that is gone is not asked again for each of a thousand cells.
REST_SECONDS = 5


class Server:
    """One connection that is kept open; Calc asks one question after the other."""

    def __init__(self, address):
        self.address = urlsplit(address)
        self.connection = None
        self.resting_until = 0.0
        self.lock = threading.Lock()

    def evaluate(self, name, cells):
        with self.lock:
            if time.monotonic() < self.resting_until:
                return None
            body = json.dumps({"name": name, "cells": cells})
            # A connection that was open for long may have been closed at the other end: then a new one is tried.
            for fresh in (self.connection is None, True):
                try:
                    return self.answer(body, fresh)
                except (OSError, http.client.HTTPException, ValueError):
                    self.connection = None
            self.resting_until = time.monotonic() + REST_SECONDS
            return None

    def answer(self, body, fresh):
        if fresh:
            kind = http.client.HTTPSConnection if self.address.scheme == "https" else http.client.HTTPConnection
            self.connection = kind(self.address.netloc, timeout=TIMEOUT_SECONDS)
        path = self.address.path.rstrip("/") + "/addin/evaluate"
        self.connection.request("POST", path, body, {"content-type": "text/plain"})
        return json.loads(self.connection.getresponse().read())


server = Server(ADDRESS)


def rows_of(name, *cells):
    """What a function fills. None is shown as #N/A, an exception as #VALUE!."""
    answer = server.evaluate(name, cells)
    if answer is None or answer.get("error") == "#N/A":
        return ((None,),)
    if "rows" in answer:
        return tuple(tuple(shown(cell) for cell in row) for row in answer["rows"])
    if "value" in answer:
        return ((shown(answer["value"]),),)
    raise ValueError(answer.get("sentence", "The server did not answer the question."))


def value_of(name, *cells):
    return rows_of(name, *cells)[0][0]


def shown(value):
    return float(value) if isinstance(value, (int, float)) else value


class Weights(unohelper.Base, XWeights):
    def __init__(self, context):
        pass
${functions.map(method).join('')}

g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Weights, "org.weighbridge.Weights", ("WEIGHTS", "com.sun.star.sheet.AddIn"))
`

function method({ name, parameters, spills }: SheetFunction): string {
  const names = parameters.map((_parameter, index) => `a${index}`)
  const passed = parameters.map(({ repeating }, index) => (repeating ? `*a${index}` : `a${index}`))
  return `
    def ${name.toLowerCase()}(${['self', ...names].join(', ')}):
        return ${spills ? 'rows_of' : 'value_of'}(${[`"${name}"`, ...passed].join(', ')})
`
}
