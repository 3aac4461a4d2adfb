# place
