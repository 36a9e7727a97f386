"""A policy, compiled part by part."""
