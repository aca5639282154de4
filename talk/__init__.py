"""The art of asking: typed questions, talks, texts, neutral messages; knows no safety and no platform."""
