"""The recipe of the attribution tagger: data, network, training, export."""
