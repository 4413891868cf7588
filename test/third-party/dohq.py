"""What dohq-artifactory, a client of Artifactory that is not ours, sees on a server. Prints one JSON object.

Usage: dohq.py ADDRESS USER PASSWORD   (ADDRESS as http://127.0.0.1:8081/artifactory)
"""
import hashlib
import json
import sys

import requests
from artifactory import ArtifactoryPath

address, user, password = sys.argv[1:4]
auth = (user, password)
content = b'{"family": "hid-generator"}\n'
wrong = "0" * 40


def attempt(action):
    """The result of an action, or the words of the exception."""
    try:
        return action()
    except Exception as error:  # noqa: BLE001 - the test looks at the words
        return f"{type(error).__name__}: {error}"


folder = ArtifactoryPath(f"{address}/r/org/hid-generator/1.0.15.RELEASE", auth=auth)
folder.mkdir(parents=True, exist_ok=True)
item = folder / "hid-generator-1.0.15.RELEASE-task-definition.json"
sha1 = hashlib.sha1(content).hexdigest()
sha256 = hashlib.sha256(content).hexdigest()

local = "descriptor.json"
with open(local, "wb") as file:
    file.write(content)
properties = {"build.name": "HID-GEN", "build.number": "7", "branch": ["master", "a;b=c d+e"]}
item.deploy_file(local, parameters=properties, quote_parameters=True)
copy_by_checksum = folder / "by-checksum.json"
copy_by_checksum.deploy_by_checksum(sha256=sha256)

with item.open() as stream:
    downloaded = stream.read()
with open("written.json", "wb") as file:
    item.writeto(file, progress_func=None)
with open("written.json", "rb") as file:
    written = file.read()

stat = item.stat()


def deploy_wrong():
    with open(local, "rb") as file:
        (folder / "wrong.json").deploy(file, sha1=wrong)


def set_properties():
    item.set_properties({"qa": ["passed", "twice"]}, recursive=False)
    return item.properties


def copied():
    target = ArtifactoryPath(f"{address}/other/copy.json", auth=auth)
    item.copy(target)
    return target.stat().sha1


aql = item.aql(
    "items.find", {"repo": "r", "name": {"$match": "*-task-definition.json"}}, ".include", ["repo", "path", "name", "sha256", "size"]
)
try:
    anonymous = requests.get(f"{address}/r/org", timeout=10).status_code
except requests.RequestException as error:
    anonymous = str(error)

result = {
    "exists": item.exists(),
    "missing": (folder / "missing.json").exists(),
    "isDir": folder.is_dir(),
    "children": sorted(child.name for child in folder),
    "found": [str(found) for found in ArtifactoryPath(f"{address}/r", auth=auth).glob("**/*-task-definition.json")],
    "size": stat.size,
    "sha1": stat.sha1 == sha1,
    "sha256": stat.sha256 == sha256,
    "md5": stat.md5 == hashlib.md5(content).hexdigest(),
    "mime": stat.mime_type,
    "createdBy": stat.created_by,
    "createdIsTime": stat.ctime.tzinfo is not None,
    "downloaded": downloaded == content,
    "written": written == content,
    "properties": item.properties,
    "noProperties": copy_by_checksum.properties,
    "aql": aql,
    "wrongChecksum": attempt(deploy_wrong),
    "setProperties": attempt(set_properties),
    "copied": attempt(copied),
    "anonymous": anonymous,
    "unlinked": attempt(copy_by_checksum.unlink) is None and not copy_by_checksum.exists(),
    "badPassword": attempt(ArtifactoryPath(f"{address}/r/org", auth=(user, "wrong")).stat),
}
print(json.dumps(result))
