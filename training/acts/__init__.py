"""The recipe of the model of acts and positions."""
