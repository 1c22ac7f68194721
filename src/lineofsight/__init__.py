"""Line of Sight: from a council's records to its Performance Overview."""
