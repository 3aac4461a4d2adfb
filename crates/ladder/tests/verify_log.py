#!/usr/bin/env python3
"""Verifies a folder of records of the log, without the program: verify_log.py FOLDER [NUMBER HASH]

NUMBER and HASH are a head that was printed earlier; without them a cut tail cannot be seen.
"""
import hashlib, json, pathlib, sys

folder, printed = pathlib.Path(sys.argv[1]), sys.argv[2:4]
faults, previous, before, hashes = [], "0" * 64, "", {}
files = sorted(folder.glob("*.json"), key=lambda file: int(file.stem))
for number, file in enumerate(files, 1):
    line = file.read_bytes()
    try:
        record = json.loads(line)
        content = {key: value for key, value in record.items() if key != "hash"}
        plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    except (ValueError, AttributeError) as error:
        faults.append(f"{file.name}: not a record: {error}")
        continue
    digest = hashlib.sha256(plain).hexdigest()
    checks = {
        "a number is missing before": file.name == f"{number:08}.json" and record.get("number") == number,
        "the hash does not fit the content": record.get("hash") == digest,
        "not written as the program writes it": line == plain[:-1] + f',"hash":"{digest}"}}\n'.encode(),
        "does not follow the record before": record.get("previous") == previous,
        "made before the record before": str(record.get("at")) >= before,
    }
    faults += [f"{file.name}: {fault}" for fault, fine in checks.items() if not fine]
    previous, before, hashes[str(number)] = record.get("hash"), str(record.get("at")), record.get("hash")
if printed and hashes.get(printed[0]) != printed[1]:
    faults.append(f"record {printed[0]} is not there as it was printed: the tail was cut, or the log was written anew")
print("\n".join(faults) or f"{len(files)} records, head {previous}")
sys.exit(bool(faults))
