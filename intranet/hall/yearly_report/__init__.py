"""The hall's figures of a year as a matter: a draft of the department's, which goes the way of all."""
