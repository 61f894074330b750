"""Read captions (WebVTT, SubRip) and transcripts in JSON: what was said, by whom and when."""
