"""Who only looks where a link leads."""

import pytest

from backend.links.looks import only_looks

LOOKS = (
    "", "  ",
    "TelegramBot (like TwitterBot)",
    "WhatsApp/2.23.20.0 A",
    "Mozilla/5.0 (compatible; vkShare; +http://vk.com/dev/Share)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Slack-ImgProxy (+https://api.slack.com/robots)",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko)"
    " Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
    "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
    "Mozilla/5.0 (compatible; Linux x86_64; Mail.RU_Bot/2.0; +https://help.mail.ru/webmaster)",
    "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
    "Mozilla/4.0 (compatible; ms-office; MSOffice 16)",
    "BarracudaCentral/1.0", "Mimecast/URL-Protect", "ProofPoint URL Defense",
    "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/120.0.0.0 Safari/537.36",
    "curl/8.5.0", "python-requests/2.32", "Go-http-client/2.0", "Java/17.0.2",
)  # fmt: skip
PEOPLE = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/124.0.0.0 Mobile Safari/537.36 Telegram-Android/10.11 (Google Pixel 8; Android 14)",
    "Mozilla/5.0 (Linux; Android 7.0; CUBOT_X18 Build/NRD90M) AppleWebKit/537.36 Chrome/80 Mobile",
    "Mozilla/5.0 (Linux; Android 5.1; CUBOT NOTE S) AppleWebKit/537.36 Chrome/80 Mobile",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
    " Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) Mobile/15E148 [FBAN/FBIOS;FBAV/450]",
    "Mozilla/5.0 (Linux; Android 12) Chrome/110 Mobile Safari/537.36 [Pinterest/Android]",
    "Mozilla/5.0 (Windows NT 10.0) Chrome/122 YaBrowser/24.4.0 Safari/537.36",
    "Mozilla/5.0 (Linux; Android 13) Chrome/120 Mobile Safari/537.36 Viber/21.5 Snapchat/12",
)


@pytest.mark.parametrize("name", LOOKS)
def test_programs_only_look(name: str) -> None:
    assert only_looks({"User-Agent": name} if name else {})


@pytest.mark.parametrize("name", PEOPLE)
def test_people_do_not(name: str) -> None:
    assert not only_looks({"User-Agent": name})
    assert only_looks({"User-Agent": name, "Sec-Purpose": "prefetch;prerender"})
    assert only_looks({"User-Agent": name, "Purpose": "preview"})
    assert not only_looks({"User-Agent": name, "Sec-Fetch-Dest": "document"})
