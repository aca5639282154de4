# System, security and audit administrators, apart from each other.
administrators-refused =
    { $command } is for the { $office ->
        [system] system administrator
        [security] security administrator
       *[audit] audit administrator
    }: { $holders }. You are { $operator }, who is not.
administrators-other-name = Where administrators are apart, --operator cannot give another name: you are { $operator }, not { $claimed }.
administrators-malformed = { $file } is no list of administrators. It needs all of { $offices }, a line each, such as “{ $example }”.
administrators-none = System, security and audit administrators are not apart: whoever can run a command may do everything. Set ANZHU_ADMINISTRATORS.
administrators-several = System, security and audit administrators are not quite apart; holding several offices: { $names }.
administrators-apart = System, security and audit administrators are apart.
administrators-writable = Others than its owner may change the list of administrators { $file }. Take that away with chmod go-w.
