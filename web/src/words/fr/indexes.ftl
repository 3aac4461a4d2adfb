# indexes
