"""Programs of the field as blueprint files, run through actions from their start to their next version."""
