"""Invented graphs of any size to measure on."""
