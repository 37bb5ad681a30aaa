"""The press: what runs around Pelican and inside it to publish a pamphlet collection."""
