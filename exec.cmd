@rem The shells of other systems have "exec", which npm start needs so that a signal reaches the hub; on Windows this stands for it.
@%*
