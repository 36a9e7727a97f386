"""Candour: runs a medical-aesthetics clinic and keeps its privacy notice."""
