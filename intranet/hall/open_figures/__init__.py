"""The hall's figures in public: of whole years that are over, with small numbers hidden."""
