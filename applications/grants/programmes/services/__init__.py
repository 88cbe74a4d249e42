"""The only writers of programmes, their versions and rounds. One file per verb; each checks who may."""
