"""
What states, verdicts and events are called on a page: one sign and one wording each.

Colour never speaks alone: a look is a colour (a class of the style sheet, or none), a
character and words, always printed together.
"""

VERDICTS: dict[str, tuple[str, str, str]] = {
    "verbatim": ("good", "=", "Word for word"),
    "normalised": ("good", "≈", "Same words, other spelling"),
    "variant_wording": ("good", "~", "Variant wording"),
    "partial": ("warn", "◐", "Partly found"),
    "adds_content": ("warn", "+", "Quote adds words"),
    "omits_content": ("warn", "−", "Quote omits words"),
    "reversed": ("bad", "⇄", "Meaning reversed"),
    "contradicts": ("bad", "≠", "Contradicts"),
    "not_found": ("warn", "∅", "Not found"),
    "not_checkable_no_audio": ("", "?", "Not checkable: no audio held"),
    "not_checkable_language": ("", "?", "Not checkable: language"),
}
# What a comparison of meaning asks, in the order in which it is read, and what it may answer.
ASPECTS: dict[str, str] = {
    "polarity": "What is affirmed and what is denied",
    "spoken_polarity": "Denials among the words spoken",
    "roles": "Who does what to whom",
    "numbers": "How many",
    "names": "Who and where",
    "modality": "Order, wish, question or fact",
    "order": "Order of the words",
    "reservations": "Conditions and reports cut off",
    "gaps": "What the quote's own marks stand for",
    "hearing": "What could be heard",
}
OUTCOMES: dict[str, tuple[str, str]] = {
    "agrees": ("good", "="),
    "differs": ("bad", "≠"),
    "not_compared": ("warn", "?"),
    "nothing_to_compare": ("", "·"),
}
# What proposed quotes are from.
TARGETS: dict[str, tuple[str, str, str]] = {
    "recording": ("", "◉", "From a recording"),
    "statement": ("", "❝", "From a statement"),
    "report": ("", "▤", "From another report"),
    "material": ("", "▣", "Of a picture or film"),
    "term": ("", "∗", "A name, or a word at a distance"),
    "undetermined": ("warn", "?", "Not decided"),
}
STATES: dict[str, tuple[str, str]] = {
    "queued": ("", "…"),
    "running": ("", "▶"),
    "waiting": ("warn", "⏸"),
    "succeeded": ("good", "✓"),
    "failed": ("bad", "✗"),
    "cancelled": ("warn", "■"),
    "held": ("good", "●"),
    "cited_not_held": ("warn", "○"),
    "withheld": ("warn", "◌"),
    "disputed_existence": ("bad", "?"),
    "proposed": ("", "…"),
    "confirmed": ("good", "✓"),
    "rejected": ("bad", "✗"),
    "cannot_tell": ("warn", "?"),
    "open": ("warn", "○"),
    "reopened": ("warn", "○"),
    "explained": ("", "✎"),
    "chosen": ("good", "✓"),
    "in_force": ("", "●"),
    "superseded": ("warn", "↻"),
    "withdrawn": ("warn", "✗"),
    "adds_up": ("good", "="),
    "may_add_up": ("", "≈"),
    "parts_missing": ("warn", "<"),
    "exceeds": ("bad", ">"),
    "no_parts": ("", "·"),
}
# What the audio says of a quoted word.
SUPPORT: dict[str, tuple[str, str, str]] = {
    "supported": ("good", "✓", "the audio bears it out"),
    "contradicted": ("bad", "✗", "the audio fits something else better"),
    "not_decidable": ("", "?", "the audio does not decide"),
    "not_calibrated": ("", "·", "this model was not calibrated: numbers only"),
}
# What a listener's words say of a quote, and how a reviewer came to a decision.
STANCES: dict[str, tuple[str, str, str]] = {
    "bears_out": ("good", "=", "Bears it out"),
    "differs": ("bad", "≠", "Heard otherwise"),
    "cannot_tell": ("", "?", "Cannot tell"),
}
MANNERS: dict[str, tuple[str, str, str]] = {
    "blind_first": ("good", "◑", "heard before reading"),
    "after_reveal": ("warn", "◕", "listened after reading"),
    "without": ("", "○", "without listening blind"),
}
# What the custody log calls `subject:action`, as a sentence about this recording.
EVENTS: dict[str, str] = {
    "recording:creation": "Entered in the catalogue",
    "recording:description": "Described anew",
    "recording:acquisition": "Bytes taken into custody",
    "recording:quarantine": "Bytes put into quarantine",
    "recording:identification": "Decoded and identified",
    "recording:derivation": "Listening copy, waveform or spectrogram made",
    "recording:access": "Bytes handed out",
    "recording:fixity-check": "Digest compared again",
    "recording:claimed-hop": "A claim about its past entered",
    "recording:link": "Linked to another recording",
    "transcription:request": "Transcription asked for",
    "transcript:creation": "Transcript kept",
    "transcript:correction": "Transcript corrected",
    "reading:creation": "Reading recorded",
    "reading:supersession": "Reading superseded",
    "reading:withdrawal": "Reading withdrawn",
    "reading:comparison": "Reading compared with a quote",
    "listening:start": "Listening begun, its words closed",
    "listening:filing": "What was heard filed",
    "listening:withdrawal": "Listening given up",
    "listening:reveal": "Words revealed to the listener",
    "transcript:replay": "Machine transcript made again",
    "assessment:signing": "Assessment recorded",
    "assessment:supersession": "Assessment superseded",
    "assessment:retraction": "Assessment retracted",
    "assessment:restatement": "Another report's wording tied to an assessment",
    "assessment:relation": "Assessment related to another",
    "assessment:withdrawal": "Restatement or relation withdrawn",
    "assessment:rejection": "Proposed assessment rejected",
    "citation:creation": "Citation entered",
    "claim:creation": "Claim recorded",
    "claim:supersession": "Claim superseded",
    "claim:withdrawal": "Claim withdrawn",
    "conflict:decision": "Conflict ruled on",
    "alignment:support": "An engine asked of each word of a quote",
}
# Formats of transcript files, as those who use them say.
FORMATS: dict[str, str] = {
    "text": "Plain text",
    "vtt": "WebVTT",
    "srt": "SubRip (SRT)",
    "textgrid": "Praat TextGrid",
    "eaf": "ELAN (EAF)",
    "whisper": "Whisper JSON",
    "whisperx": "WhisperX JSON",
    "json": "Earwitness JSON",
}
TASKS: dict[str, str] = {
    "transcribe": "Write it down",
    "translate": "Translate it",
}
RELATIONS: dict[str, str] = {
    "translation": "Translated by a machine, window by window, from the sound of",
    "retry": "Windows with a loop heard again; the rest is taken over from",
    "correction": "Corrects",
}
LANGUAGES: dict[str, str] = {
    "ar": "Arabic",
    "be": "Belarusian",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "he": "Hebrew",
    "ka": "Georgian",
    "pl": "Polish",
    "ro": "Romanian",
    "ru": "Russian",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "und": "a language not determined",
    "zh": "Chinese",
}

# Why two names are proposed as one.
LIKENESS: dict[str, str] = {
    "same_letters": "the same letters",
    "transliteration": "written in other letters",
    "russian_and_ukrainian": "a Russian and a Ukrainian spelling",
    "yo_printed_as_ye": "ё printed as е",
    "vowel_heard_alike": "a vowel that is heard alike",
    "vowel": "another vowel",
    "softness": "a soft sound written or left out",
    "consonant_heard_alike": "a consonant that is heard alike",
    "surname_alone": "one gives the surname alone",
    "surname_missing": "one gives no surname",
    "elder_or_younger_said_once": "only one says elder or younger",
    "another_case": "one stands in another grammatical case",
    "variant": "variants of one name",
    "initial_fits": "an initial that fits",
    "same_number": "the same number",
    "same_arm": "the same arm of service",
    "arm_unsaid": "one does not say the arm of service",
    "arm_less_exact": "one says the arm of service less exactly",
    "number_unsaid": "no number is given",
    "same_superior": "part of the same unit",
    "same_words": "the same words",
    "same_words_otherwise": "the same words in another order or spelling",
    "a_word_more": "one has a word more",
    "abbreviation": "one abbreviates the other",
    "probable_mistranslation": "probably mistranslated",
}
