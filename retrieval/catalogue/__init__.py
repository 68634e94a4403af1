"""Catalogue import: files to items, with every bad row accounted for."""
