"""What a file is, and what is kept of it. All of this runs in a child process (`storage.child`); what comes of it is
`Taken` or `Refused`.
"""
