"""The recipe of the sentence vectors: the untouched base encoder, pooled and exported."""
