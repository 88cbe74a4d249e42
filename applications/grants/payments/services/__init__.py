"""The verbs beside the payment rows' workflow, one file each."""
