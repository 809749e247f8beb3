"""The built-in fictional world.

Room: demo
In: nothing
Out: some thirty invented organisations on loopback hosts, and an answer key
Entry: world()
"""
