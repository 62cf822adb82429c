"""What the proof pack says about itself."""

README = """# Proof of consent

Who: the number in `subject.json`. Names and contacts are kept elsewhere, sealed; the operator can
say whose number it is. `deliveries` there are the messages that were sent, each with its time,
channel, outcome, text and advertising label.

For every controller there is a folder:

- `index.json`: the controller, and every answer of the person in order: what was answered, when
  (server time, UTC), how (by which door), by whom (`person`: by the person themself), for which
  brands and channels, to which document, and its place in the chain. An answer holds until a
  later one about the same document, brands and channels.
- `documents/N.txt`: the exact text, as it was shown: title, an empty line, text.
- `records/N.json`: the exact bytes that were hashed for record N.
- `chain.txt`: every link from the person's first record to the head. One line is what was
  hashed, a tab, and the hash. Other people appear as hashes only.

## Check it with sha256sum

1. Texts. `sha256sum documents/N.txt` gives the `sha256` of the document in `index.json`.
2. Records. `sha256sum records/N.json` gives its `record_sha256`; the file names the document's
   hash, so the record points to that text and no other.
3. Chain. A line of `chain.txt` before the tab is `account:seq:previous hash:record hash`; its
   hash stands after the tab, and the next line begins with it as the previous hash:

       while IFS="$(printf '\\t')" read -r what hash; do
         [ "$(printf '%s' "$what" | sha256sum | cut -d' ' -f1)" = "$hash" ] || echo "broken: $what"
       done < chain.txt

   The line whose `seq` is that of a record in `index.json` carries its `record_sha256`.
4. Head. The last hash is `head`. Every one of `exported_heads` was written to another place at
   its time; the line with the same `seq` ends with the same hash. Whoever had changed or removed
   a record later would have had to change all of these.

A record without `seq` was not linked yet when the pack was made.
"""
