"""Posts an event with two pictures of one name, as a user of `requests` does; without it, as `requests` writes the body."""
import json
import sys
import urllib.request
import uuid

api, key, event, path = sys.argv[1:5]
headers = {"Authorization": f"Bearer {key}"}
picture = open(path, "rb").read()
try:
    import requests

    files = [("event", (None, event)), ("image", ("Kamera 1/Haustür.jpg", picture)), ("image", ("Haustür.jpg", picture[:-2] + b"\xff\xd9", "image/jpg"))]
    answer = requests.post(f"{api}/v1/events", headers=headers, files=files, timeout=60)
    print(answer.text)
except ImportError:
    boundary = uuid.uuid4().hex
    parts = [
        b'Content-Disposition: form-data; name="event"\r\n\r\n' + event.encode(),
        b"Content-Disposition: form-data; name=\"image\"; filename*=utf-8''Haust%C3%BCr.jpg\r\n\r\n" + picture,
        b"Content-Disposition: form-data; name=\"image\"; filename*=utf-8''Haust%C3%BCr.jpg\r\nContent-Type: image/jpg\r\n\r\n" + picture,
    ]
    body = b"".join(b"--" + boundary.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    body += b"--" + boundary.encode() + b"--\r\n"
    headers["Content-Type"] = f"multipart/form-data; boundary={boundary}"
    print(urllib.request.urlopen(urllib.request.Request(f"{api}/v1/events", body, headers), timeout=60).read().decode())
