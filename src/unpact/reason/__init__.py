"""What follows from a graph, by the rules of OWL 2 RL, and how each conclusion was reached."""
