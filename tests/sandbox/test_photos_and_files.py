"""Uploading once, sending again by identifier, downloading."""

import io
from typing import Any

import aiohttp
import pytest
from PIL import Image

from tests.support.chat.telegram import Telegram
from tests.support.pictures.small import picture


async def upload(telegram: Telegram, method: str, **fields: Any) -> dict[str, Any]:
    form = aiohttp.FormData()
    for name, value in fields.items():
        if isinstance(value, bytes):
            form.add_field(name, io.BytesIO(value), filename=f"{name}.bin")
        else:
            form.add_field(name, str(value))
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{telegram.url}/bot{telegram.token}/{method}", data=form) as answer,
    ):
        return dict(await answer.json())


async def test_a_photo_comes_in_sizes_and_goes_again_by_its_identifier(telegram: Telegram) -> None:
    anna, boris = telegram.person("Анна"), telegram.person("Борис")
    await anna.start()
    await boris.start()
    sent = await upload(
        telegram, "sendPhoto", chat_id=anna.id, photo=picture(1080, 680), caption="Карта"
    )
    sizes = sent["result"]["photo"]
    assert [(s["width"], s["height"]) for s in sizes] == [
        (90, 57),
        (320, 201),
        (800, 504),
        (1080, 680),
    ]
    assert len({s["file_id"] for s in sizes}) == len({s["file_unique_id"] for s in sizes}) == 4

    again = await telegram.call("sendPhoto", chat_id=boris.id, photo=sizes[-1]["file_id"])
    assert again["photo"] == sizes
    assert "photo" in boris.screen

    found = await telegram.call("getFile", file_id=sizes[-1]["file_id"])
    async with (
        aiohttp.ClientSession() as http,
        http.get(f"{telegram.url}/file/bot{telegram.token}/{found['file_path']}") as answer,
    ):
        content = await answer.read()
    assert len(content) == found["file_size"] == sizes[-1]["file_size"]
    with Image.open(io.BytesIO(content)) as image:
        assert (image.format, image.size) == ("JPEG", (1080, 680))


@pytest.mark.parametrize(
    ("size", "accepted"), [((9000, 1000), True), ((9001, 1000), False), ((420, 20), False)]
)
async def test_sides_of_a_photo(telegram: Telegram, size: tuple[int, int], accepted: bool) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    answer = await upload(telegram, "sendPhoto", chat_id=anna.id, photo=picture(*size))
    assert answer["ok"] is accepted
    if not accepted:
        assert answer["description"] == "Bad Request: PHOTO_INVALID_DIMENSIONS"


async def test_what_is_no_photo_is_refused(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    broken = await upload(telegram, "sendPhoto", chat_id=anna.id, photo=b"not a picture")
    assert broken["description"] == "Bad Request: IMAGE_PROCESS_FAILED"
    large = await upload(telegram, "sendPhoto", chat_id=anna.id, photo=bytes(10 * 2**20 + 1))
    assert large["error_code"] == 413
    refused = await telegram.refusal("sendPhoto", chat_id=anna.id)
    assert refused == "400 Bad Request: there is no photo in the request"
    refused = await telegram.refusal("sendPhoto", chat_id=anna.id, photo="https://a.ru/1.jpg")
    assert "does not fetch URLs" in refused
    refused = await telegram.refusal("sendPhoto", chat_id=anna.id, photo="nonsense")
    assert refused == "400 Bad Request: wrong file identifier/HTTP URL specified"
    refused = await telegram.refusal("sendPhoto", chat_id=anna.id, photo="attach://nothing")
    assert "no file in the request" in refused
    long = await upload(telegram, "sendPhoto", chat_id=anna.id, photo=picture(), caption="я" * 1025)
    assert long["description"] == "Bad Request: message caption is too long"
    assert anna.screen == {}


async def test_a_document_is_no_photo(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    sent = await upload(telegram, "sendDocument", chat_id=anna.id, document=b"terms")
    file_id = sent["result"]["document"]["file_id"]
    refused = await telegram.refusal("sendPhoto", chat_id=anna.id, photo=file_id)
    assert refused == "400 Bad Request: can't use file of type Document as Photo"


async def test_files_over_twenty_megabytes_cannot_be_fetched(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    sent = await anna.send_document("big.bin", bytes(20 * 2**20 + 1))
    refused = await telegram.refusal("getFile", file_id=sent["document"]["file_id"])
    assert refused == "400 Bad Request: file is too big"


async def test_an_album_is_one_group(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    first = (await upload(telegram, "sendPhoto", chat_id=anna.id, photo=picture()))["result"]
    media = [
        {"type": "photo", "media": first["photo"][0]["file_id"], "caption": "Одна"},
        {"type": "photo", "media": first["photo"][0]["file_id"]},
    ]
    sent = await telegram.call("sendMediaGroup", chat_id=anna.id, media=media)
    assert len({message["media_group_id"] for message in sent}) == 1
    assert sent[0]["caption"] == "Одна"
    refused = await telegram.refusal("sendMediaGroup", chat_id=anna.id, media=media[:1])
    assert refused == "400 Bad Request: media group must include 2-10 items"
    mixed = [media[0], {"type": "document", "media": "x"}]
    refused = await telegram.refusal("sendMediaGroup", chat_id=anna.id, media=mixed)
    assert "can't be mixed" in refused


async def test_what_people_send(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    await anna.send_photo(picture(), caption="Моя карта")
    await anna.send_photo(picture(), picture())
    await anna.send_document("cards.csv", b"1;2")
    await anna.send_voice()
    await anna.send_sticker()
    await anna.share_contact()
    await anna.share_contact(own=False, phone_number="+79161234502", first_name="Боря")
    await anna.share_location(59.94, 30.31)
    got = [update["message"] for update in await telegram.call("getUpdates")]
    assert got[0]["caption"] == "Моя карта"
    assert got[1]["media_group_id"] == got[2]["media_group_id"]
    assert got[3]["document"]["file_name"] == "cards.csv"
    assert got[4]["voice"]["mime_type"] == "audio/ogg"
    assert got[5]["sticker"]["is_animated"] is False
    assert got[6]["contact"] == {
        "phone_number": "79161234501", "first_name": "Анна", "last_name": "Соколова",
        "user_id": anna.id,
    }  # fmt: skip
    assert got[7]["contact"]["user_id"] == telegram.person("Борис").id
    assert got[8]["location"] == {"latitude": 59.94, "longitude": 30.31}
