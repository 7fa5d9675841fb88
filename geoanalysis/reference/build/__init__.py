"""Making the bundled data anew from its sources; the app itself never does."""
