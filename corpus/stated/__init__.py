"""What a document says about itself: its title, publisher, days, language and meeting. One file a fact or a source."""
