"""A JPEG or PNG that decodes, is of sane size and carries nothing behind its end."""

from typing import IO

from vetting.files.checks.limits import MAX_PIXELS, wrong_content

FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG"}
ENDS = {"JPEG": b"\xff\xd9", "PNG": b"IEND\xaeB`\x82"}


def check_image(file: IO[bytes], name: str, extension: str) -> None:
    """Raises FileRefused unless the image is whole, of the named format and at most `MAX_PIXELS`."""
    from PIL import Image  # heavy: only when an image comes in

    try:
        with Image.open(file, formats=[FORMATS[extension]]) as image:
            kind, pixels = image.format or "", image.width * image.height
            if pixels > MAX_PIXELS:
                raise wrong_content(name)
            image.verify()
        file.seek(0)
        with Image.open(file, formats=[FORMATS[extension]]) as image:
            image.draft("RGB", (64, 64))
            image.load()
    except Exception as error:
        if error.__class__.__name__ == "FileRefused":
            raise
        raise wrong_content(name) from error
    file.seek(0, 2)
    file.seek(max(0, file.tell() - 64))
    if ENDS[kind] not in file.read():
        raise wrong_content(name)
