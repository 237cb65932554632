# Messages, mailboxes and saved pages: what is told by the content, what by
# the name, what by --from; a page and the letter about it stay apart.
dir=$(mktemp -d) || exit 1
trap 'rm -r "$dir"' EXIT
cd "$dir" || exit 1
export LEDE_INDEX=$dir/index
cat >letter <<'END'
Return-Path: <letter@quay.example>
From: "The Quay" <letter@quay.example>
Subject: =?utf-8?Q?Grain_=E2=80=94_again?=
Date: Fri, 1 Mar 2024 08:00:00 +0100
Message-ID: <1@quay.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Grain fell for the third week in a row, traders said, as ships left =
the harbour of Odesa again.

The council waits.
END
{
    echo 'From letter@quay.example Fri Mar  1 08:00:00 2024'; cat letter; echo
    printf 'From b@quay.example Fri Mar  1 09:00:00 2024\nSubject: Empty\n\n\n'
    printf 'From b@quay.example Fri Mar  1 10:00:00 2024\nSubject: Rail\n\n>From here trains run.\n'
} >box
{
    printf 'From: <Saved by Blink>\r\nSnapshot-Content-Location: https://quay.example/2024/02/29/oil.html\r\nSubject: Oil\r\nDate: Sat, 2 Mar 2024 00:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b1"\r\n\r\n'
    printf -- '--b1\r\nContent-Type: text/html\r\nContent-Location: https://quay.example/2024/02/29/oil.html\r\n\r\n<html lang="en"><title>Oil rose</title><body><article><h1>Oil rose</h1><p>Oil rose on Thursday as the ships that carry it took the long way around the cape, traders said in London.</p></article></body></html>\r\n'
    printf -- '--b1\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b1--\r\n'
} >page.mhtml
printf 'Subject: Not told\n\nBody.\n' >plain
show() {
    printf '$ add %s\n' "$*"
    lede-index add --dry-run --dump jsonl "$@" 2>&1 </dev/null |
        sed -E 's/"(file|lang|captions|section|tags|modified|lead)":("[^"]*"|[0-9]+|null|\[[^]]*\]),?//g'
}
show letter
show box
show page.mhtml
show plain
show --from mail plain
head -c 300 letter >cut.eml
show cut.eml
lede-index add letter box page.mhtml 2>&1 </dev/null
lede-index stats | sed -n 1p
lede-index errors | sed -E "s,$dir,DIR,; s/since [^ )]*/since NOW/"
